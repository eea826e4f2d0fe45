"""Who asks to join the board: for the office alone, and not for long."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models.page import BoardPage


class Application(models.Model):
    """An application, sent without an account. It is deleted on a day that is said before it is sent."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        INVITED = "invited", _("invited")
        DECLINED = "declined", _("declined")

    board = models.ForeignKey(BoardPage, models.CASCADE, related_name="applications")
    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    why = models.TextField(max_length=3000)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    sent_at = models.DateTimeField()
    delete_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    request_key = models.UUIDField(null=True, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("application"), _("applications")
        ordering: ClassVar = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.name
