"""Who owes what: tasks, the organisations that owe them, the steps of handling, and Material."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import classed
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped

from .plan import Measure, Programme, Public


class Origin(models.TextChoices):
    """Where a task comes from."""

    PROGRAMME = "programme", _("The programme")
    MEETING = "meeting", _("A meeting's decision")
    SET = "set", _("Set by an officer")


class Part(models.TextChoices):
    """What an organisation is to a task."""

    LEAD = "lead", _("Leading unit")
    RESPONSIBLE = "responsible", _("Responsible unit")
    SUPPORTING = "supporting", _("Supporting unit")


class Meeting(Public):
    """A conference whose decisions are followed (会议落实), seen by who reaches its unit or owes one of its decisions.

    ``remote``: held by video.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="meetings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = classed(models.CharField(max_length=120), "public")
    on = models.DateField()
    remote = models.BooleanField(default=False)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-on", "-id")

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Within the house or concerned by it."""
        if context.everywhere:
            return None
        owed = Assignment.objects.all().values("task__meeting")
        return Q(organisation__in=Organisation.objects.all()) | Q(pk__in=owed)


class Task(Scoped):
    """任务. Those of the programme are public in the house; others are seen by who owes them or reaches who set them.

    ``parties``: leading, responsible, supporting units to the character (牵头、责任、配合单位); ``leader``: 分管领导.
    ``own_begins``: where it begins apart from the programme. ``due`` None with ``due_text`` (长期). ``criterion``: what
    decides it, {"code": …, parameters}. ``after``: numbers of the tasks that come first. ``cells``: the row of the task
    table from which it came, heading → text.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="tasks", null=True, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks", null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PROGRAMME)
    action = models.PositiveSmallIntegerField(null=True, blank=True)
    number = classed(models.CharField(max_length=24), "public")
    name = classed(models.CharField(max_length=500), "public")
    gloss = classed(models.CharField(max_length=500, blank=True), "public")
    parties = classed(models.JSONField(default=dict), "public")
    leader = classed(models.CharField(max_length=60, blank=True), "public")
    begins = models.DateField()
    own_begins = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    due_text = classed(models.CharField(max_length=60, blank=True), "public")
    criterion = classed(models.JSONField(default=dict), "public")
    after = classed(models.JSONField(default=list), "public")
    cells = classed(models.JSONField(default=dict), "internal")
    order = models.PositiveIntegerField(default=0)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = classed(models.CharField(max_length=300, blank=True), "public")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("order", "id")
        constraints = (models.UniqueConstraint(fields=["programme", "number"], name="one_task_a_number"),)

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """The programme's tasks are public; others are seen by who owes them or reaches who set them."""
        if context.everywhere:
            return None
        owed = Assignment.objects.all().values("task")
        return Q(origin=Origin.PROGRAMME) | Q(organisation__in=Organisation.objects.all()) | Q(pk__in=owed)


class Assignment(Scoped):
    """One organisation's part in a task: what is supervised (督办) and has a light.

    ``due``: its own day, where extended. ``until``: the first day on which it no longer holds (handed to another,
    ended). ``person`` who handles it there.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.RESPONSIBLE)
    due = models.DateField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    person = models.BigIntegerField(null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["task", "organisation"], condition=Q(until__isnull=True), name="one_open_assignment"
            ),
        )


class StepKind(models.TextChoices):
    """The steps of handling (督办): what people add; no light reads them."""

    ASSIGNED = "assigned", _("Assigned")
    ACCEPTED = "accepted", _("Accepted")
    RESPONDED = "responded", _("Responded")
    RETURNED = "returned", _("Sent back")
    REVIEWED = "reviewed", _("Reviewed")
    CONCLUDED = "concluded", _("Concluded")
    REMINDED = "reminded", _("Reminded")
    ASKED = "asked", _("Extension asked")
    EXTENDED = "extended", _("Extension granted")
    REFUSED = "refused", _("Extension not granted")
    TRANSFERRED = "transferred", _("Handed to another unit")
    ESCALATED = "escalated", _("Passed to the next level")


class Step(Scoped):
    """One step in the handling of an assignment: rows are only added, the database refuses all else.

    ``day``: the day it speaks of (a new term). ``to``: the unit to which it was handed or passed up.
    """

    scope_field = "organisation"
    append_only = True

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="steps")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    text = classed(models.CharField(max_length=1000, blank=True), "internal")
    day = models.DateField(null=True, blank=True)
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)


class MaterialState(models.TextChoices):
    """Where Material stands."""

    SUBMITTED = "submitted", _("To be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


class Material(Scoped):
    """佐证材料: what one person submits and another confirms; confirmed, it is the record of a task that only a person
    can tell. ``on``: the day of which it speaks.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="materials")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = classed(models.CharField(max_length=1000), "internal")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True, blank=True)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=MaterialState.choices, default=MaterialState.SUBMITTED)
    submitted_by = models.BigIntegerField(null=True)
    submitted_name = classed(models.CharField(max_length=60, blank=True), "internal")
    submitted_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = classed(models.CharField(max_length=60, blank=True), "internal")
    decided_on = models.DateField(null=True)
    remark = classed(models.CharField(max_length=300, blank=True), "internal")

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)


class Load(Scoped):
    """A leader's reason why a school holds more running tasks than the cap; the school reads it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="loads")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = classed(models.CharField(max_length=300), "internal")
    who = models.BigIntegerField(null=True)
    who_name = classed(models.CharField(max_length=60, blank=True), "internal")
    on = models.DateField()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
