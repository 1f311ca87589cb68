"""How items point beyond their plan: to other people's plans, and to earlier editions of their own."""

from attrs import field, frozen

from outcome_bees.model.fields import item_id, located, relation, text
from outcome_bees.vocabulary import Relation

__all__ = ["Lineage", "Link"]


@frozen(field_transformer=located)
class Link:
    """A tie to something outside the plan: a corporate priority, an action plan, a partner's strategy.

    Attributes:
        scheme: Whose list it stands on, such as ``"corporate-priorities"``.
        id: Its identity there.
        title: What it is called.

    Example:
        >>> Link("send-action-plan", "send-action-plan", "SEND priority action plan").scheme
        'send-action-plan'
    """

    scheme: str = field(converter=item_id)
    id: str = field(converter=item_id)
    title: str = field(converter=text)


@frozen(field_transformer=located)
class Lineage:
    """That an item goes on from one of an earlier edition, and how.

    Attributes:
        plan: The id of the earlier edition.
        item: The id that the measure, priority or ambition had in it.
        relation: Whether it is the same, reworded, narrowed, widened, split off or merged.

    Example:
        >>> Lineage("plan-2018-21", "care-leavers-suitable-accommodation", Relation.SAME).item
        'care-leavers-suitable-accommodation'
    """

    plan: str = field(converter=item_id)
    item: str = field(converter=item_id)
    relation: Relation = field(converter=relation)
