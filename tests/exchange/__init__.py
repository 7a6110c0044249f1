"""Tests of the exchange of marks over a folder."""
