"""What the programme brings to the house."""

from django.utils.translation import gettext_lazy as _

from tenfold.foundation.declare import Command, Duty, JobKind, Manifest, MenuItem

from .criteria import CRITERIA
from .handovers import TASKS
from .notices import NOTICES
from .owed import to_handle, to_supervise
from .papers.kinds import KINDS
from .rights import KEEP_PROGRAMME, RIGHTS, SEE_ACTIONS

MANIFEST = Manifest(
    name="programme",
    title=_("Steering the actions"),
    rights=RIGHTS,
    criteria=CRITERIA,
    handovers=(TASKS,),
    notices=NOTICES,
    papers=KINDS,
    urls="tenfold.engines.programme.urls",
    menu=(
        MenuItem(_("Overview of the actions"), "/actions/", SEE_ACTIONS, group="top", order=20),
        MenuItem(_("Breakdown of tasks"), "/programme/", SEE_ACTIONS, group="work", order=5),
        MenuItem(_("Supervised tasks"), "/tasks/", SEE_ACTIONS, group="work", order=10),
        MenuItem(_("Alter the programme"), "/programme/edit/", KEEP_PROGRAMME, group="work", order=28),
        MenuItem(_("Task tables"), "/programme/table/", KEEP_PROGRAMME, group="work", order=30),
        MenuItem(_("Meetings' decisions"), "/meetings/", SEE_ACTIONS, group="work", order=15),
        MenuItem(_("Monthly scheduling"), "/periods/", SEE_ACTIONS, group="work", order=20),
    ),
    jobs=(
        JobKind(
            "programme.keep_periods",
            "tenfold.engines.programme.jobs:keep_periods",
            _("Hear and freeze periods"),
            every=1800,
        ),
        JobKind(
            "programme.remind_due",
            "tenfold.engines.programme.jobs:remind_due",
            _("Remind units of what falls due"),
            every=3600,
        ),
    ),
    duties=(
        Duty("programme.to_handle", _("Tasks to accept and to hand in"), to_handle),
        Duty("programme.to_supervise", _("Tasks to confirm, review and decide"), to_supervise),
    ),
    acts=(
        ("apply", _("Applied a programme")),
        ("receive_table", _("Took a task table in")),
        ("settle_table", _("Decided of a task table's cells")),
        ("apply_table", _("Applied a task table")),
        ("apply_understood", _("Made a task table the programme")),
        ("drop_table", _("Took a task table away")),
        ("alter", _("Altered the programme")),
        ("follow_tree", _("Ended the tasks of organisations that were closed")),
        ("announce", _("Opened the hearing of a period")),
        ("freeze", _("Froze the lights of a period")),
        ("explain", _("Explained a light")),
        ("hand_tasks", _("Handed tasks over to a successor")),
        ("decide", _("Set a meeting's decisions down as tasks")),
    ),
    commands=(Command("programme", "tenfold.engines.programme.commands:app", group=True),),
)
