"""Searches that go on: kept, matched with what is new, told by mail or in the account (``docs/suche.md``)."""
