"""What the search keeps."""

from search.models.documents import SearchDocument, SearchIndex, SearchTerm
from search.models.files import SearchFile, SearchFilePage
from search.models.ledger import SearchChange
from search.models.saved import SavedAnchor, SavedHit, SavedMail, SavedReader, SavedSearch
from search.models.words import PoorSearch, PoorSearchMark, Recommendation, SearchToken, SynonymGroup, WeekSalt

__all__ = [
    "PoorSearch",
    "PoorSearchMark",
    "Recommendation",
    "SavedAnchor",
    "SavedHit",
    "SavedMail",
    "SavedReader",
    "SavedSearch",
    "SearchChange",
    "SearchDocument",
    "SearchFile",
    "SearchFilePage",
    "SearchIndex",
    "SearchTerm",
    "SearchToken",
    "SynonymGroup",
    "WeekSalt",
]
