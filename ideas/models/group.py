"""Closed groups: who belongs to a campaign that only its members may know of."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models.campaign import Campaign


class Member(models.Model):
    """That a person belongs to a closed campaign; hosts invite others."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        HOST = "host", _("host")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="members", verbose_name=_("campaign"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("member"), _("members")
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "campaign"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.person} – {self.campaign}"


class Invitation(models.Model):
    """A way into a closed campaign, for one person, until it is used, taken back or too old. Only the token's hash is kept."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("mail address"))
    role = models.CharField(_("role"), max_length=6, choices=Member.Role, default=Member.Role.MEMBER)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.email
