"""What a reader can do, one topic a class; none of it draws."""
