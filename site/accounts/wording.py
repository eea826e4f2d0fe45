"""What people read when something about their account does not work: plain and polite, in place of the library's words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

TOO_FAST = _("That was a little often. Please wait a few minutes and try again.")
WRONG_CODE = _("This code is not right. Please look at the newest mail, or at your app, and type it once more.")

ACCOUNT_ERRORS = {
    "account_inactive": _("This account is closed at the moment."),
    "email_password_mismatch": _(
        "Mail address and password do not fit together. Please check both, or take the mail code."
    ),
    "email_taken": _("This mail address belongs to an account already."),
    "enter_current_password": _("This is not your present password."),
    "incorrect_code": WRONG_CODE,
    "incorrect_password": _("This is not your password."),
    "invalid_login": _("Signing in did not work."),
    "rate_limited": TOO_FAST,
    "same_as_current": _("This is your address already."),
    "too_many_login_attempts": TOO_FAST,
    "unverified_primary_email": _("Please confirm your mail address first."),
}
MFA_ERRORS = {
    "incorrect_code": WRONG_CODE,
    "cannot_delete_authenticator": _("The second factor cannot be switched off here."),
    "cannot_generate_recovery_codes": _("Recovery codes come with the second factor. Please set it up first."),
    "unverified_email": _("Please confirm your mail address before you set up a second factor."),
}

# Texts inside the library's forms; being in our catalogue, they are shown in our words.
LIBRARY_TEXTS = (
    gettext_noop("You must type the same password each time."),
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Password (again)"),
    gettext_noop("Forgot your password?"),
    gettext_noop("Email"),
    gettext_noop("Authenticator code"),
    gettext_noop("Use your password"),
    gettext_noop("Use authenticator app or code"),
)
