"""Tests of the controllers, without a screen."""
