"""What a run found, for people: HTML, Markdown, plots."""
