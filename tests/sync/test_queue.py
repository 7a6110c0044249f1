"""The order in which the hosts of a run are asked: fair to each, with little work for many."""

from collections import Counter
from collections.abc import Callable

import pytest

from reader.config.feeds import FollowedFeed
from reader.fetch import Hosts, HostState, Robots
from reader.sources.feed import FeedSource
from reader.sync.queue import Queue, Tier

_SOURCE = FeedSource(FollowedFeed("https://haven.example/rss"))


@pytest.fixture
def hosts() -> Hosts:
    """Return the hosts of a run."""
    return Hosts()


@pytest.fixture
def add(hosts: Hosts) -> Callable[..., None]:
    """Add pages of a host, which may be asked for anything."""

    def added(queue: Queue, host: str, *pages: str) -> None:
        for page in pages:
            url = f"https://{host}.example/{page}"
            hosts.of(url).robots = Robots("")
            queue.add(url, Tier.FEED, _SOURCE)

    return added


def _taken(queue: Queue, hosts: Hosts) -> list[str]:
    """Return the pages in order, each answered before the next."""
    found = []
    while task := queue.take():
        hosts.of(task.url).begin()
        found.append(task.url.removeprefix("https://").replace(".example", ""))
        hosts.of(task.url).end()
    return found


def test_hosts_take_turns_and_a_new_one_comes_first(hosts: Hosts, add: Callable[..., None]) -> None:
    queue = Queue(hosts)
    add(queue, "haven", "1", "2", "3")
    add(queue, "dijk", "1", "2")
    first = queue.take()
    assert first is not None
    assert first.url == "https://haven.example/1"
    add(queue, "brug", "1")
    assert _taken(queue, hosts) == ["dijk/1", "brug/1", "haven/2", "dijk/2", "haven/3"]
    assert queue.waiting == 0


def test_a_host_that_must_wait_keeps_its_turn(hosts: Hosts, add: Callable[..., None]) -> None:
    queue = Queue(hosts)
    add(queue, "haven", "1")
    add(queue, "dijk", "1", "2")
    hosts.of("https://haven.example/").hold(1_000)
    assert _taken(queue, hosts) == ["dijk/1", "dijk/2"]
    assert queue.waiting == 1
    assert 0 < (queue.wait() or 0) <= 1_000


def test_a_host_that_was_removed_can_come_back(hosts: Hosts, add: Callable[..., None]) -> None:
    queue = Queue(hosts)
    add(queue, "haven", "1", "2")
    add(queue, "dijk", "1")
    removed = queue.remove(hosts.of("https://haven.example/"))
    assert [task.url[-1] for task in removed] == ["1", "2"]
    assert (queue.waiting, queue.waiting_of_feeds) == (1, 1)
    add(queue, "haven", "3")
    assert sorted(_taken(queue, hosts)) == ["dijk/1", "haven/3"]


def test_ten_times_the_hosts_take_ten_times_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: Counter[int] = Counter()
    is_ready = HostState.is_ready
    for many in (100, 1_000):

        def counted(host: HostState, many: int = many) -> bool:
            looks[many] += 1
            return bool(is_ready.__get__(host))

        monkeypatch.setattr(HostState, "is_ready", property(counted))
        hosts = Hosts()
        queue = Queue(hosts)
        for number in range(many):
            queue.add(f"https://haven{number}.example/rss", Tier.FEED, _SOURCE)
            hosts.of(f"https://haven{number}.example/").robots = Robots("")
        assert len(_taken(queue, hosts)) == many
    assert looks[1_000] <= 11 * looks[100]
