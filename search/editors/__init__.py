"""What editors do about the search, inside Wagtail's admin: synonyms, recommendations, searches without hits, and why."""
