"""Mails that ask editors to look after contacts and pictures: written down, so that nobody gets one twice."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.models.picture import Picture
from common.mail import Mailed


class UpkeepMail(Mailed):
    """One mail to one editor; what it says is read when it is sent."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    contacts = models.BooleanField(default=False)
    pictures = models.BooleanField(default=False)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("reminder for editors"), _("reminders for editors")
        indexes: ClassVar = [models.Index(fields=["person", "written_at"], name="cms_upkeep_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.written_at:%Y-%m-%d}"


class PictureWarning(models.Model):
    """That editors were told of the end of a picture's licence; another end is told again."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")
    until = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("warning about a picture"), _("warnings about pictures")
        constraints: ClassVar = [models.UniqueConstraint(fields=["picture", "until"], name="cms_picture_warned_once")]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.until}"
