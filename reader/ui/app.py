"""The application: themes, stylesheets, the main screen, and the filters of all output."""

import gc
import os
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.content import Content
from textual.driver import Driver
from textual.events import Event, Key, MouseDown
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Offset
from textual.notifications import SeverityLevel
from textual.reactive import Initialize, Reactive
from textual.theme import Theme

from reader.config import Settings
from reader.errors import ReaderError, Reason, reason
from reader.glyphs import own_environment, wants_plain
from reader.library import Library
from reader.resources import STYLES
from reader.sync.child_process import Child
from reader.text.article_links import may_open
from reader.ui import themes, wording
from reader.ui.browser import open_page
from reader.ui.chosen_theme import remember_theme
from reader.ui.colour_roles import roles_of
from reader.ui.commands import key_map
from reader.ui.commands.bindings import bindings_of
from reader.ui.commands.dispatcher import Dispatcher
from reader.ui.commands.key_names import print_plainly
from reader.ui.commands.keyboard import Keyboard
from reader.ui.commands.menus import menu_choices, menu_for
from reader.ui.commands.palette import ReaderCommands
from reader.ui.commands.table import NO_KEY, Command, action_of
from reader.ui.commands.user_commands import user_commands
from reader.ui.controllers.assembly import Surroundings
from reader.ui.messages import CommandAsked, MenuAsked
from reader.ui.program import AppProgram
from reader.ui.screens.caret import caret_on
from reader.ui.screens.main import MainScreen
from reader.ui.screens.menu import MenuScreen
from reader.ui.screens.palette import PaletteScreen
from reader.ui.screens.part_styles import part_styles
from reader.ui.state.pending import Pending
from reader.ui.state.values import NamedChoice, Notice
from reader.ui.terminal import frame_colours
from reader.ui.terminal.driver import TakingOver
from reader.ui.terminal.early_keys import MOVE_DOWN, MOVE_UP
from reader.ui.terminal.early_paint import Prepared
from reader.ui.terminal.environment import has_clipboard
from reader.ui.terminal.filters import HarmlessFilter, PlainSigns, WithoutColours
from reader.ui.terminal.frame_colours import depth_of
from reader.ui.terminal.guard import TerminalGuard
from reader.ui.terminal.presence import terminal_is_gone
from reader.ui.typeset.hyphens import hyphenation_flaw
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.which_key import WhichKey

# How often the program checks that its terminal still exists (seconds).
_TERMINAL_SECONDS = 1.0
_SETTLING_SECONDS = 1.0
# Data for the next start is written only after the first keys have been answered (seconds).
_COLOURS_SECONDS = 0.5
_UNDO = "reading.undo"


class ReaderApp(App[None]):
    """The reader on a terminal; an `empty` library first gets the sample edition.

    A `prepared` terminal shows the first frame already. Textual's intermediate layouts before that
    frame are not drawn: the screen is `revealed` only once it has settled.
    """

    TITLE = "znreader"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("app")
    # Dialogs fill a terminal smaller than this (cells).
    HORIZONTAL_BREAKPOINTS = [(0, "-small-width"), (50, "-usual-width")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-small-height"), (24, "-usual-height")]  # noqa: RUF012
    COMMANDS = {ReaderCommands}  # noqa: RUF012
    # Textual's own key for the palette would open it over a dialog, whatever the settings say.
    ENABLE_COMMAND_PALETTE = False
    # Changing the theme later would parse all stylesheets twice.
    theme: Reactive[str] = Reactive(
        Initialize(lambda app: app.first_theme)  # type: ignore[attr-defined]
    )
    # Base styles come first.
    CSS_PATH = [STYLES / "base.tcss", *sorted(set(STYLES.glob("*.tcss")) - {STYLES / "base.tcss"})]  # noqa: RUF012

    def __init__(
        self,
        library: Library,
        settings: Settings,
        now: Callable[[], datetime],
        child: Child,
        *,
        empty: bool = False,
        prepared: Prepared | None = None,
        guard: TerminalGuard | None = None,
    ) -> None:
        self.prepared = prepared
        self.guard = guard
        self.first_theme = themes.first_theme(settings)
        flaws = (themes.theme_flaw(settings), hyphenation_flaw(settings))
        settings = replace(settings, problems=(*settings.problems, *filter(None, flaws)))
        super().__init__()
        # This overrides TEXTUAL_ANIMATIONS: an animation takes most of a second and much output.
        self.animation_level = "none"
        wording.set_language(settings.language)
        is_plain = wants_plain(settings.glyphs, own_environment())
        print_plainly(is_plain)
        self._problems = (*settings.problems, *self._bind(settings))
        self._without_colours = WithoutColours()
        self._output_filters = [HarmlessFilter(), *([PlainSigns()] if is_plain else [])]
        self._empty = empty
        self._is_trying_themes = False
        self._is_revealing = False
        program = AppProgram(self)
        around = Surroundings(library, settings, now, child, program, program)
        self.reading_screen = MainScreen(around)
        facade = self.reading_screen.facade
        self._dispatcher = Dispatcher(self.reading_screen.controllers, facade.errors)
        self._keyboard = Keyboard(self, self.reading_screen, facade, self._dispatcher)
        for theme in themes.OURS.values():
            self.register_theme(theme)
        self._colours_path = frame_colours.colours_path(settings.cache_path)
        self._remember_theme = partial(remember_theme, settings)

    def _bind(self, settings: Settings) -> tuple[Reason, ...]:
        """Apply the user's key bindings; return the reason for each refused one."""
        chosen = key_map.apply_keys(settings.keys, settings.commands)
        for command in user_commands(settings.commands):
            if keys := chosen.bindings[command.id]:
                self.bind(",".join(keys), action_of(command), show=False)
        # A key map on top of the bindings would cost Textual a moment at every key.
        if settings.keys:
            self.set_keymap(
                {
                    command_id: ",".join(keys) or NO_KEY
                    for command_id, keys in chosen.bindings.items()
                }
            )
        return chosen.problems

    @property
    def cursor_position(self) -> Offset:
        """Return where the terminal's own cursor is put after each drawing: at the focus."""
        return (self.screen_stack and caret_on(self.screen)) or Offset()

    @cursor_position.setter
    def cursor_position(self, _place: Offset) -> None:
        """Ignore the caret position that a field reports: it is queried when needed."""

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme by its name, including the reader's own before they are registered."""
        return themes.OURS.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of the roles that the stylesheets name, in the present theme."""
        return roles_of(self.current_theme, few_colours=depth_of(os.environ) == "256")

    def get_default_screen(self) -> MainScreen:
        """Return the main screen."""
        self.reading_screen.expect(self.size)
        return self.reading_screen

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's own filters, followed by the reader's."""
        filters = super().get_line_filters()
        if self.no_color:
            # Textual would otherwise draw in greys.
            kept = (each for each in filters if not isinstance(each, Monochrome | NoColor))
            return [*kept, self._without_colours, *self._output_filters]
        return [*filters, *self._output_filters]

    def get_driver_class(self) -> type[Driver]:
        """Return the reader's driver, unless the environment names another."""
        chosen = super().get_driver_class()
        return TakingOver if issubclass(TakingOver, chosen) else chosen

    async def on_event(self, event: Event) -> None:
        """Finish the effects of a typed key before the next one is handled."""
        typed = isinstance(event, Key) and not event.is_forwarded
        if typed:
            self.reading_screen.notices.make_room()
        elif isinstance(event, MouseDown):
            self.reading_screen.notices.answer()
        if not (isinstance(event, Key) and typed and await self._keyboard.take(event)):
            await super().on_event(event)
        if typed:
            await self._keyboard.settle()
            # If no other key waits, show this key's changes without waiting for the next tick.
            if not self.message_queue_size and self.screen is self.reading_screen:
                self.reading_screen.draw()

    def on_ready(self) -> None:
        """Draw the cached edition once it is laid out, and go live."""
        self.reading_screen.call_after_refresh(self._reveal)
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.theme_changed_signal.subscribe(self, lambda theme: self._theme_changed(theme.name))
        # There is no wait for a screen that keeps changing, such as while news comes in.
        self.set_timer(_SETTLING_SECONDS, self._reveal)

    def _theme_changed(self, name: str) -> None:
        if self._is_trying_themes:
            return
        self._remember_theme(name)
        self.set_timer(_COLOURS_SECONDS, self._remember_colours)

    def _remember_colours(self) -> None:
        """Save the colours for the first frame of the next start."""
        depth = depth_of(os.environ)
        if depth is not None and self.reading_screen.headlines.has_focus:
            styles = part_styles(self.reading_screen, depth)
            frame_colours.save_colours(self._colours_path, self.theme, depth, styles)

    async def _reveal(self) -> None:
        if self._is_revealing:
            return
        self._is_revealing = True
        if (typed := self.prepared and self.prepared.typed()) and typed.moved:
            move = MOVE_DOWN if typed.moved > 0 else MOVE_UP
            await self._dispatcher.run(move, abs(typed.moved))
        self.reading_screen.reveal()
        if not gc.isenabled():
            # Objects made until here live as long as the program, so garbage collections skip them.
            gc.freeze()
            gc.enable()
        self.reading_screen.show_problems(self._problems)
        self.set_timer(_COLOURS_SECONDS, self._remember_colours)
        self.reading_screen.go_live(empty=self._empty)
        if not (self.is_headless or self.is_web):
            self.set_interval(_TERMINAL_SECONDS, self._leave_with_terminal)

    def _leave_with_terminal(self) -> None:
        if terminal_is_gone():
            self.exit()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a page in the web browser; ignore addresses other than http and https."""
        if not may_open(url):
            return
        if self.is_web:
            super().open_url(url, new_tab=new_tab)
        else:
            self.run_worker(self._browse(url))

    async def _browse(self, url: str) -> None:
        try:
            await open_page(url, self.suspend)
        except ReaderError as error:
            if has_clipboard(os.environ):
                super().copy_to_clipboard(url)
                way_out = wording.say("notice.link-instead")
            else:
                way_out = wording.say("notice.link-is", url=url)
            # The line may be too short for the sentence.
            sentence = f"{way_out} {wording.reason_text(error)}"
            self.notify(sentence, severity="warning", markup=False)
        else:
            self.notify(wording.say("notice.opened-in-browser"), markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the terminal's clipboard; show a notice if there is none."""
        if has_clipboard(os.environ):
            super().copy_to_clipboard(text)
        else:
            why = wording.reason_text(reason("no_clipboard"))
            self.notify(why, severity="warning", markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",  # noqa: ARG002
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notice, including Textual's own, in the notice line."""
        text = Content.from_markup(message).plain if markup else message
        self.reading_screen.notices.show(Notice(text, severity, timeout))

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(PaletteScreen(placeholder=wording.say("palette.commands")))

    def search_themes(self) -> None:
        """Choose a theme from a list; each is previewed as the cursor rests on it."""
        names, before = themes.names(), self.theme

        def show(place: int) -> None:
            self._is_trying_themes = True
            self.theme = names[place]

        def choose(place: int | None) -> None:
            self.theme = before if place is None else names[place]
            self._is_trying_themes = False
            if place is not None:
                self._theme_changed(self.theme)

        choices = [NamedChoice(name, is_set=name == before) for name in names]
        self.push_screen(MenuScreen(wording.say("palette.themes"), choices, rested=show), choose)

    def show_notices(self) -> None:
        """Show the last notices; run the first command offered by the chosen one.

        Without one, open the headline that it is about.
        """
        notices = self.reading_screen.notices.kept

        async def choose(place: int | None) -> None:
            offers = [] if place is None else notices[place].offers
            # Undo reverts the last action, which only the last notice is about.
            commands = [each.command for each in offers if not place or each.command != _UNDO]
            if commands:
                await self._dispatcher.run(commands[0])
            elif place is not None and (headline_id := notices[place].headline) is not None:
                self.reading_screen.open_headline(headline_id)

        choices = [NamedChoice(notice.text) for notice in notices]
        title = wording.say("palette.notices" if choices else "palette.no-notices")
        self.push_screen(MenuScreen(title, choices), choose)

    def on_menu_asked(self, message: MenuAsked) -> None:
        """Show the menu of the pane at the mouse, and run the chosen command."""
        screen = self.reading_screen
        commands = menu_for(screen.pane, screen.controllers.headlines.selected())

        async def choose(place: int | None) -> None:
            if place is not None:
                await self.run_command(commands[place])

        self.push_screen(MenuScreen("", menu_choices(commands), at=message.at), choose)

    def action_help_quit(self) -> None:
        """Show how to quit, in answer to Ctrl+C."""
        self.notify(wording.say("notice.how-to-quit"), markup=False)

    async def run_command(self, command: Command) -> None:
        """Run a command, wherever the focus is."""
        await self._dispatcher.run(command.id)

    async def action_run_command(self, command_id: str) -> None:
        """Run the command with this id; this is the action of all bindings."""
        await self._dispatcher.run(command_id)

    async def on_key_bar_pressed(self, message: KeyBar.Pressed) -> None:
        """Run the command whose key was clicked."""
        await self.run_command(message.command)

    async def on_which_key_pressed(self, message: WhichKey.Pressed) -> None:
        """Run the command whose key was clicked in the hint, dropping the typed strokes."""
        self.reading_screen.pending = Pending()
        await self.run_command(message.command)

    async def on_command_asked(self, message: CommandAsked) -> None:
        """Run the command that a line of a notice or an article names."""
        await self._dispatcher.run(message.command)

    async def show_help(self) -> None:
        """Show the help, with the focused pane's keys first; run the command chosen there."""
        from reader.ui.screens.help import HelpScreen

        await self.push_screen(HelpScreen(self.reading_screen.pane), self._run_chosen)

    async def _run_chosen(self, command: Command | None) -> None:
        if command is not None:
            await self.run_command(command)
