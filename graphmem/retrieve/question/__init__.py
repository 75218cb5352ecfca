"""What a question asks beside its words: speakers, dates, kind."""
