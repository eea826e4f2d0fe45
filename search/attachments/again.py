"""Reading a file once more, when somebody asks for it."""

from django.db import transaction

from common.events import announce
from search.models import SearchFile, SearchFilePage


def read_again(number: int) -> bool:
    """Let a file wait for its reader anew; return whether there is such a file. Its words are gone until it is read."""
    with transaction.atomic():
        file = SearchFile.objects.select_for_update().filter(pk=number).first()
        if file is None:
            return False
        SearchFilePage.objects.filter(file=file).delete()
        file.state, file.attempts, file.terms, file.detail = SearchFile.State.WAITING, 0, "", ""
        file.save()
        announce("search_file_waits", key=file.key)
    return True
