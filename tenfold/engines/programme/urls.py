"""Routes of the programme."""

from tenfold.foundation.declare import page

from .rights import CONFIRM_MATERIAL, HANDLE_TASKS, KEEP_PROGRAMME, SEE_ACTIONS, SET_TASKS
from .views import altering, cockpit, conference, drafts, handling, material, meetings, overview, periods, plan

BOTH = ("GET", "POST")
KEEP = KEEP_PROGRAMME

app_name = "programme"
urlpatterns = [
    page("actions/", overview.overview, right=SEE_ACTIONS, name="overview"),
    page("actions/coverage/", overview.coverage, right=SEE_ACTIONS, name="coverage"),
    page("programme/edit/", altering.plan, right=KEEP, name="edit"),
    page("programme/edit/measure/", altering.new_measure, right=KEEP, name="edit_new_measure", methods=BOTH),
    page("programme/edit/measure/<int:measure>/", altering.measure, right=KEEP, name="edit_measure", methods=BOTH),
    page(
        "programme/edit/measure/<int:measure>/task", altering.new_task, right=KEEP, name="edit_new_task", methods=BOTH
    ),
    page(
        "programme/edit/measure/<int:measure>/target", altering.new_target, right=KEEP, name="edit_new_target",
        methods=BOTH,
    ),
    page("programme/edit/target/<int:target>/", altering.target, right=KEEP, name="edit_target", methods=BOTH),
    page("programme/edit/task/<int:task>/", altering.task, right=KEEP, name="edit_task", methods=BOTH),
    page("programme/table/", drafts.tables, right=KEEP, name="tables", methods=("GET", "POST")),
    page("programme/table.xlsx", drafts.table_xlsx, right=KEEP, name="table_xlsx"),
    page("programme/table.docx", drafts.table_docx, right=KEEP, name="table_docx"),
    page("programme/table/<int:tabledraft>/", drafts.draft, right=KEEP, name="draft"),
    page("programme/table/<int:tabledraft>/file", drafts.original, right=KEEP, name="draft_file"),
    page(
        "programme/table/<int:tabledraft>/settle", drafts.settle, right=KEEP, name="draft_settle",
        methods=("POST",),
    ),
    page(
        "programme/table/<int:tabledraft>/apply", drafts.apply, right=KEEP, name="draft_apply",
        methods=("POST",),
    ),
    page(
        "programme/table/<int:tabledraft>/drop", drafts.drop, right=KEEP, name="draft_drop",
        methods=("POST",),
    ),
    page("actions/lights/", cockpit.lights, right=SEE_ACTIONS, name="lights"),
    page("actions/<int:number>/", cockpit.action, right=SEE_ACTIONS, name="action"),
    page("programme/", plan.plan, right=SEE_ACTIONS, name="plan"),
    page("rooms/<slug:code>/", overview.room, right=SEE_ACTIONS, name="room"),
    page("conference/", conference.conference, right=SEE_ACTIONS, name="conference"),
    page("conference/table.xlsx", conference.table, right=SEE_ACTIONS, name="conference_table"),
    page("periods/", periods.index, right=SEE_ACTIONS, name="periods"),
    page("periods/<str:period>/", periods.period, right=SEE_ACTIONS, name="period"),
    page("periods/<str:period>/table", periods.table, right=SEE_ACTIONS, name="period_table"),
    page("periods/<str:period>/explain", periods.explain, right=HANDLE_TASKS, name="period_explain", methods=("POST",)),
    page("tasks/", handling.tasks, right=SEE_ACTIONS, name="tasks"),
    page("tasks/table.xlsx", handling.tasks_table, right=SEE_ACTIONS, name="tasks_table"),
    page("tasks/<int:pk>/", handling.task, right=SEE_ACTIONS, name="task"),
    page("tasks/<int:pk>/handle", handling.handle, right=HANDLE_TASKS, name="task_handle", methods=("POST",)),
    page("tasks/<int:pk>/supervise", handling.supervise, right=SET_TASKS, name="task_supervise", methods=("POST",)),
    page("meetings/", meetings.index, right=SEE_ACTIONS, name="meetings"),
    page("meetings/new", meetings.new, right=SET_TASKS, name="meeting_new", methods=("GET", "POST")),
    page("meetings/<int:pk>/", meetings.meeting, right=SEE_ACTIONS, name="meeting"),
    page("tasks/material/<int:pk>/", material.material, right=SEE_ACTIONS, name="material"),
    page("tasks/material/<int:pk>/file", material.material_file, right=SEE_ACTIONS, name="material_file"),
    page(
        "tasks/material/<int:pk>/decide", material.decide, right=CONFIRM_MATERIAL, name="material_decide",
        methods=("POST",),
    ),
]  # fmt: skip
