"""Pupils, their dated enrolments and their guardians: tables that stay empty where the bureau keeps none.

Whatever tells who a child is stands encrypted (个人信息保护法 art. 28, 31); numbers are found by a keyed hash.
A child's name is never a :class:`~.posts.Person`'s: that table is in plain text, to be sorted and searched.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenfold.foundation.fields import EncryptedText, classed
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.scope import AccessContext
from tenfold.foundation.scope.models import Scoped

from .posts import Person


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    MALE = "1", _("male")
    FEMALE = "2", _("female")


class EnrolmentState(models.TextChoices):
    """Where an enrolment stands: the first two run, the others say how it ended."""

    ENROLLED = "enrolled", _("enrolled")
    SUSPENDED = "suspended", _("suspended")
    PROMOTED = "promoted", _("moved up")
    TRANSFERRED = "transferred", _("transferred")
    GRADUATED = "graduated", _("graduated")
    LEFT = "left", _("left")


RUNNING = (EnrolmentState.ENROLLED, EnrolmentState.SUSPENDED)
ENDED = tuple(state for state in EnrolmentState if state not in RUNNING)


class PlainManager(models.Manager[Any]):
    """Unscoped: for the conditions of this module, nowhere else."""


class Pupil(Scoped):
    """One child with a registry number (学籍号), lifelong. ``person`` is the sign-in, where there is one.

    Reached where an enrolment runs within the scope; by oneself; by a guardian who has a sign-in.
    """

    scope_field = ""

    registry_number = classed(EncryptedText(_("Registry number")), "child")
    registry_hash = classed(models.CharField(max_length=64, unique=True), "child")
    name = classed(EncryptedText(_("Name of the pupil")), "child")
    identity = classed(EncryptedText(_("Identity number"), blank=True, default=""), "child")
    identity_hash = classed(models.CharField(max_length=64, blank=True, default="", db_index=True), "child")
    birth = classed(EncryptedText(_("Date of birth"), blank=True, default=""), "child")
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex.choices, blank=True, default="")
    person = models.OneToOneField(Person, models.PROTECT, related_name="pupil", null=True, blank=True)

    plain = PlainManager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"pupil:{self.pk}"

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Those who are enrolled within her places, herself, her children."""
        if context.everywhere:
            return None
        here = Enrolment.plain.filter(until=None, organisation__in=Organisation.objects.all()).values("pupil")
        return own(context, "") | Q(pk__in=here) if context.places else own(context, "")


class Enrolment(Scoped):
    """A pupil at a school, in one grade and class, from a day on. Moving up ends one and begins the next."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="enrolments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="enrolments")
    stage = models.CharField(_("Stage"), max_length=12)
    grade = models.PositiveSmallIntegerField(_("Grade"))
    class_number = models.PositiveSmallIntegerField(_("Class"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED)
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)

    plain = PlainManager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("-since", "-id")
        indexes = (models.Index(fields=["organisation", "until", "grade", "class_number"]),)
        constraints = (
            models.UniqueConstraint(fields=["pupil"], condition=Q(until__isnull=True), name="one_running_enrolment"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")), name="enrolment_dates"
            ),
        )

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Those at her schools; of her own children, and her own."""
        if context.everywhere:
            return None
        return Q(organisation__in=Organisation.objects.all()) | own(context, "pupil__")


class Guardianship(Scoped):
    """Somebody who answers for a pupil. ``relation`` is a code of GB/T 4761; ``person`` the sign-in, if any."""

    scope_field = ""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="guardianships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="guardianships", null=True, blank=True)
    name = classed(EncryptedText(_("Name of the guardian")), "sensitive")
    relation = classed(models.CharField(_("Relation"), max_length=2, blank=True, default=""), "internal")
    phone = classed(EncryptedText(_("Phone of the guardian"), blank=True, default=""), "sensitive")
    order = models.PositiveSmallIntegerField(default=1)

    plain = PlainManager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering = ("pupil", "order", "id")

    @classmethod
    def scope_condition(cls, context: AccessContext) -> Q | None:
        """Those of the pupils whom she reaches."""
        if context.everywhere:
            return None
        return Q(pupil__in=Pupil.objects.all())


def own(context: AccessContext, lead: str) -> Q:
    """That a pupil (reached by ``lead``) is oneself, or one's own child."""
    children = Guardianship.plain.filter(person__in=context.persons).values("pupil")
    return Q(**{f"{lead}person__in": context.persons}) | Q(**{f"{lead}pk__in": children})
