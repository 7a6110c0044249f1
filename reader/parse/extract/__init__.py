"""From labelled pieces to an article or a listing."""
