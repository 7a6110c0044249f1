"""The screens: each mediates between the library and its widgets."""
