"""What is done once, and what is told in words: milestones and narrative."""

from outcome_bees.statements.cues.table import one_of, words

__all__ = ["DECIDED", "DOING", "DONE", "FINITE_STEPS", "NARRATIVE", "NOMINAL_STEPS"]

DOING = one_of(
    """
    complete | launch | publish | adopt | develop | implement | agree | establish | introduce | roll
    out | review | become | approve | submit | produce | sign | commission | procure | set up | put
    in place | refresh | finalise | open | deliver | design | create | embed | appoint | achieve
    accreditation | mobilise | go live | consult on | hold | conduct | pilot | update | transfer |
    move to | reach net zero | achieve net zero | achieve carbon neutrality
    """
)

DONE = one_of(
    """
    completed | complete | launched | launches | published | adopted | signed off | signed |
    balanced | agreed | approved | implemented | opened | opens | open | in place | live | goes live
    | operational | established | introduced | rolled out | finished | finalised | refreshed |
    mobilised | set up | begins | starts | carried out | ratified
    """
)

NOMINAL_STEPS = one_of(
    """
    completion | completion of | launch | launch of | implementation | implementation of | adoption
    of | publication of | roll-out | roll-out of | rollout | rollout of | go-live | mobilisation |
    mobilisation of | delivery of | opening of | introduction of | development of | establishment of
    | creation of | approval of | procurement of | submission of | review of | refresh of | design
    of
    """
)

DECIDED = words("approved agreed adopted signed ratified endorsed")

FINITE_STEPS = words("open opens launches live begins starts")

NARRATIVE = one_of(
    """
    data | survey | surveys | survey responses | questionnaire | questionnaires |
    feedback | views | comments | comment | findings | evidence | stories
    | story | case studies | case study | testimonials | testimony | interviews | interview | audit
    | audits | results | narrative | reflections | observations | voice | voices | conversations |
    consultation responses | qualitative | reports | report | commentary | experience | experiences
    | progress | self-assessment | self-evaluation | focus groups | learning from
    """
)
