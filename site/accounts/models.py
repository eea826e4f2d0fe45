"""A person who takes part: a mail address to sign in with, a public name of their own choice."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.names import skeleton, suggestion
from common.mail import Mailed


class UserManager(BaseUserManager["User"]):
    """Makes people; mail addresses are compared without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Add a person; without a public name they get a friendly one."""
        fields.setdefault("display_name", "")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.display_name = user.display_name or self.free_name()
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def is_name_taken(self, name: str, *, besides: int | None = None) -> bool:
        """Whether somebody else has this name, or one that looks like it."""
        others = self.filter(name_key=skeleton(name))
        return (others if besides is None else others.exclude(pk=besides)).exists()

    def free_name(self) -> str:
        """Return a friendly pseudonym that nobody has."""
        for number in (0, 0, 0, *range(2, 2000)):
            name = suggestion(number)
            if not self.is_name_taken(name):
                return name
        return f"Person {uuid.uuid4().hex[:12]}"


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. The real name is never asked for; ``display_name`` is what others see."""

    # The stable, meaningless id from which voter keys are computed; never shown.
    person_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The id of the same person's other account, once a proof showed that there is one: both vote as one person.
    votes_as = models.UUIDField(null=True, editable=False)
    email = models.EmailField(_("mail address"), max_length=254, unique=True)
    display_name = models.CharField(_("public name"), max_length=60)
    # What looks alike has the same key ("Аnna", "ANNA" and "A.n.n.a" are one name).
    name_key = models.CharField(max_length=120, unique=True, null=True, editable=False)
    # Given by role, shown as badge; nobody can type it.
    office = models.CharField(_("office"), max_length=120, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("works for the town"), default=False)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="person_mail_once"),
            models.UniqueConstraint(Lower("display_name"), name="person_name_once"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key of the name with the name."""
        self.name_key = skeleton(self.display_name) or None
        if kwargs.get("update_fields") and "display_name" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_key"}
        super().save(*args, **kwargs)

    @property
    def voter_id(self) -> uuid.UUID:
        """Return the id from which voter keys are computed; accounts of one person share it."""
        return self.votes_as or self.person_id

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class AccountMail(Mailed):
    """A mail about an account on its way; the text goes once it is sent, because it may hold a code."""

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    # A code that has ended would only confuse: such a mail is not sent any more.
    useful_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.subject


class Verification(models.Model):
    """How the town came to know somebody better than by mail. Only a keyed hash of the proof is kept.

    Two accounts with the same proof are one person for every vote.
    """

    class Level(models.IntegerChoices):
        LETTER = 1, _("code from a letter")
        IDENTITY = 2, _("official proof of identity")

    person = models.ForeignKey(User, models.CASCADE, related_name="verifications")
    level = models.PositiveSmallIntegerField(choices=Level)
    # Of the household's address and name for letters, of the claim's subject for an official proof.
    proof = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "level"], name="verification_once")]
        indexes: ClassVar = [models.Index(fields=["proof"], name="verification_by_proof")]

    def __str__(self) -> str:
        return str(self.get_level_display())


class LetterCode(models.Model):
    """A code on its way to somebody by post; kept as a hash. The address goes once the letter is printed."""

    person = models.ForeignKey(User, models.CASCADE, related_name="letter_codes")
    code_hash = models.CharField(max_length=64, blank=True)
    proof = models.CharField(max_length=64)
    name = models.CharField(_("name on the letter"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    asked_at = models.DateTimeField(db_default=Now())
    printed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.asked_at)
