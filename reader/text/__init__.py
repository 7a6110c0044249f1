"""What is known of Dutch wire copy: hostile text, datelines, relative times, dates and slugs."""
