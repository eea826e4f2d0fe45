"""All settings; which profile runs is said by environment variables alone (see ``docs/running.md``)."""

from config.settings.accounts import *  # noqa: F403
from config.settings.base import *  # noqa: F403
from config.settings.cms import *  # noqa: F403
from config.settings.identity import *  # noqa: F403
from config.settings.maps import *  # noqa: F403
from config.settings.outside import *  # noqa: F403
from config.settings.security import *  # noqa: F403
