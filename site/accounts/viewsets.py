"""People in Wagtail's admin."""

from wagtail.users.views.users import UserViewSet

from accounts.forms import StaffCreationForm, StaffEditForm


class PeopleViewSet(UserViewSet):
    """Wagtail's pages about people, with public name and office instead of first and last name."""

    def get_form_class(self, for_update: bool = False) -> type[StaffCreationForm | StaffEditForm]:
        return StaffEditForm if for_update else StaffCreationForm
