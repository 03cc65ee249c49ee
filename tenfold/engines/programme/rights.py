"""Rights of this package."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Right

SEE_ACTIONS = Right("programme.see_actions", _("See the actions and their progress"))
KEEP_PROGRAMME = Right("programme.keep_programme", _("Load the programme and alter it"))
SET_TASKS = Right("programme.set_tasks", _("Set tasks and supervise them"))
HANDLE_TASKS = Right("programme.handle_tasks", _("Handle the tasks of one's unit"))
CONFIRM_MATERIAL = Right("programme.confirm_material", _("Confirm Material"))
RIGHTS = (SEE_ACTIONS, KEEP_PROGRAMME, SET_TASKS, HANDLE_TASKS, CONFIRM_MATERIAL)
