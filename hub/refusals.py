"""Every *no* the bot can say, with what to do instead. One reading checks their tone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.people import Role
from hub.spoken import counted, spoken_day, spoken_list


class Reason(StrEnum):
    """Why not."""

    GONE = "gone"
    CANCELLED = "cancelled"
    STARTED = "started"
    AUDIENCE = "audience"
    NOT_RELEASED = "not released"
    NOTHING_BOOKED = "nothing booked"
    NO_OFFER = "no offer"
    OFFER_LAPSED = "offer lapsed"
    PLACE_TAKEN = "place taken"
    NOT_UNDERSTOOD = "not understood"
    LEADS_ONLY = "leads only"
    FULL = "full"
    COLLEAGUE = "colleague"
    CLASH = "clash"
    SCHOOL_UNKNOWN = "school unknown"
    SOMEBODY_MISSING = "somebody missing"
    HALF_DAY_TAKEN = "half-day taken"
    MEETING_HELD = "meeting held"
    TOO_MUCH = "too much"
    CHANGED_MEANWHILE = "changed meanwhile"
    THERE_ALREADY = "there already"
    PLACES_HELD = "places held"
    TOO_EARLY = "too early"
    NOT_THERE = "not there"
    RULE_STAYS = "rule stays"
    CONSENT = "consent"
    STEP_NOT_NOW = "step not now"
    NOT_COMPLETE = "not complete"


@dataclass(frozen=True)
class Refusal:
    """A no that follows from a rule; ``say`` tells the person why and what they can do."""

    reason: Reason
    say: str


_PLURALS = {
    Role.SENCO: "SENCos",
    Role.CLASS_TEACHER: "class teachers",
    Role.TEACHING_ASSISTANT: "teaching assistants",
    Role.HEADTEACHER: "headteachers",
    Role.HUB_CLASS_TEACHER: "hub class teachers",
    Role.PASTORAL: "pastoral staff",
    Role.OFFICE: "school office staff",
}


def spoken_roles(roles: Iterable[Role]) -> str:
    """``SENCos and maths leads``, always in the same order."""
    ordered = [role for role in Role if role in set(roles)]
    return spoken_list([_PLURALS.get(role, f"{role}s") for role in ordered])


def session_gone() -> Refusal:
    """The session that a card speaks of is not, or no longer, in the programme."""
    return Refusal(
        Reason.GONE,
        "I can't find that session any more; it may have been taken out of the programme. "
        "Here is what is on instead.",
    )


def session_cancelled(title: str) -> Refusal:
    """The session does not go ahead."""
    return Refusal(
        Reason.CANCELLED, f"“{title}” has been cancelled. Have a look at what else is on."
    )


def already_started(title: str) -> Refusal:
    """Too late: it has begun or is over."""
    return Refusal(
        Reason.STARTED,
        f"“{title}” has already started or is over, so I can't change places on it now. "
        "Have a look at what is coming up.",
    )


def meant_for(title: str, audience: Iterable[Role]) -> Refusal:
    """The tier is for other roles."""
    return Refusal(
        Reason.AUDIENCE,
        f"“{title}” is for {spoken_roles(audience)}. If that is you, tell me, such as “I'm the "
        "SENCo at School B”. Clinics and INSET strands are open to everyone, and so is 1:1 support.",
    )


def not_released() -> Refusal:
    """Trust staff have first call on places; until then a session's name is theirs too."""
    return Refusal(
        Reason.NOT_RELEASED,
        "That session is not open to partner schools yet. I'll show it as soon as it is.",
    )


def nothing_booked() -> Refusal:
    """There is no booking to speak of."""
    return Refusal(
        Reason.NOTHING_BOOKED, "You have nothing booked at the moment. Shall we find you something?"
    )


def nothing_to_give_up(title: str) -> Refusal:
    """The place is already given up."""
    return Refusal(
        Reason.NOTHING_BOOKED, f"You have no place on “{title}” at the moment, so all is well."
    )


def no_offer(title: str) -> Refusal:
    """Nobody is holding a place for this person."""
    return Refusal(Reason.NO_OFFER, f"There is no place waiting for your answer on “{title}”.")


def offer_lapsed(title: str) -> Refusal:
    """The answer came too late."""
    return Refusal(
        Reason.OFFER_LAPSED,
        f"The place on “{title}” was kept for you as long as I could, and has gone to the next "
        "person. You can join the waiting list again.",
    )


def not_understood() -> Refusal:
    """A card's button said something that no card of ours says."""
    return Refusal(
        Reason.NOT_UNDERSTOOD,
        "I couldn't make sense of that button; the card may be an old one. "
        "Try one of these instead.",
    )


def leads_only() -> Refusal:
    """Only leads of the Hub may do that; the trust's settings say who they are."""
    return Refusal(
        Reason.LEADS_ONLY,
        "That is for the leads of the SEND Hub. I can show you what's on and book you a place.",
    )


def no_room_to_swap(held: str, wanted: str) -> Refusal:
    """The other session is full, so the place in hand is kept."""
    return Refusal(
        Reason.FULL,
        f"“{wanted}” is full, so I've kept your place on “{held}”. You can join the waiting list "
        "for the other one and decide when a place comes up.",
    )


def same_time(one: str, other: str) -> Refusal:
    """Two picks that nobody can be at both of."""
    return Refusal(
        Reason.CLASH,
        f"“{one}” and “{other}” are at the same time, so I've changed nothing. Please choose one.",
    )


def colleague_has_a_place(name: str, title: str) -> Refusal:
    """The colleague is on the list already."""
    return Refusal(Reason.COLLEAGUE, f"{name} is already down for “{title}”, so all is well.")


def not_meant_for_colleague(name: str, title: str, audience: Iterable[Role]) -> Refusal:
    """The tier is for other roles than the colleague's."""
    return Refusal(
        Reason.COLLEAGUE,
        f"“{title}” is for {spoken_roles(audience)}, and I don't have {name} down as one. They can "
        "tell me their role themselves, and then you can ask again.",
    )


def no_room_for_colleague(title: str) -> Refusal:
    """Full: a colleague can only wait for a place themselves."""
    return Refusal(
        Reason.FULL,
        f"“{title}” is full at the moment. Your colleague can join the waiting list from their own "
        "chat with me; I've changed nothing.",
    )


def too_late_to_invite(title: str) -> Refusal:
    """Nobody could be told and answer in time."""
    return Refusal(
        Reason.COLLEAGUE,
        f"“{title}” is too soon for an invitation to be answered. Your colleague can still book in "
        "their own chat with me.",
    )


def school_not_known() -> Refusal:
    """Who a colleague is follows from the school, and that is not known yet."""
    return Refusal(
        Reason.COLLEAGUE,
        "I don't know your school yet, so I can't tell who your colleagues are. Tell me, such as "
        "“I'm a teacher at School B”, and try again.",
    )


def not_at_that_school(name: str) -> Refusal:
    """Somebody from outside the trust says that they work at one of its schools."""
    return Refusal(
        Reason.AUDIENCE,
        f"I have you down as a guest or with a partner school, so I can't put you down at {name} "
        "myself. Choose your partner school, or ask the Trust SEND Lead to put it right.",
    )


def topic_gone() -> Refusal:
    """Whoever asked for that topic has taken it back, or it was last school year's."""
    return Refusal(
        Reason.GONE,
        "That topic has been taken back, or it was for last school year. If you would like a "
        "clinic on it, say so: “suggest a topic: …”.",
    )


def person_gone() -> Refusal:
    """Nobody of the trust has the id that a card speaks of."""
    return Refusal(
        Reason.GONE, "I can't find that colleague any more. Say “staff and roles” to look again."
    )


def person_changed(name: str) -> Refusal:
    """Somebody else has put the same person's role or school right in the meantime."""
    return Refusal(
        Reason.CHANGED_MEANWHILE,
        f"{name}'s role or school has changed since you opened this. Here is how it stands now; "
        "please look again before you save.",
    )


def meeting_meant_for() -> Refusal:
    """The tier 5 meeting is arranged by those who are to be there."""
    return Refusal(
        Reason.AUDIENCE,
        "The school meeting is for a school's SENCo and headteacher, once a year, and they arrange "
        "it with the Trust SEND Lead. If that is you, tell me “I'm the SENCo at School B”. Clinics "
        "and INSET strands are open to everyone.",
    )


def meeting_not_for_partners() -> Refusal:
    """Partner schools have no tier 5 meeting."""
    return Refusal(
        Reason.AUDIENCE,
        "School meetings are for the schools of the trust. What the Hub has opened to partner "
        "schools is under “What's on”.",
    )


def meeting_of_another_school() -> Refusal:
    """Somebody asks for the meeting of a school that is not theirs."""
    return Refusal(
        Reason.GONE,
        "I can show you your own school's meeting: say “our school meeting”. If you have moved "
        "school, tell me “I'm the SENCo at School B now”.",
    )


def school_unknown() -> Refusal:
    """Whose meeting it is cannot be told yet."""
    return Refusal(
        Reason.SCHOOL_UNKNOWN,
        "I don't know yet where you work. Tell me, such as “I'm the SENCo at School B”, and then "
        "ask me again.",
    )


def school_gone() -> Refusal:
    """A card speaks of a school that the Hub does not know."""
    return Refusal(Reason.GONE, "I don't know that school. Say “school meetings” to see them all.")


def no_lead_known() -> Refusal:
    """Nobody is known who could come to the school."""
    return Refusal(
        Reason.SOMEBODY_MISSING,
        "I don't know yet who the Trust SEND Lead is, so I can't find a time for you all. Your IT "
        "team can name them in my settings; then ask me again.",
    )


def somebody_missing(roles: Iterable[Role], school: str) -> Refusal:
    """Both must be able to come, and one is not known yet."""
    who = spoken_list([f"the {role}" for role in roles], "or")
    return Refusal(
        Reason.SOMEBODY_MISSING,
        f"I don't know {who} of {school} yet, and the meeting needs the SENCo and the headteacher "
        "both. Ask them to say “hi” to me once and tell me what they do, or ask the Trust SEND "
        "Lead to add them. I'll find you all a time then.",
    )


def half_day_taken() -> Refusal:
    """A half-day that somebody chose is not free, or not possible, any more."""
    return Refusal(
        Reason.HALF_DAY_TAKEN,
        "That half-day isn't free for everybody any more. Nothing has been changed; here is what "
        "is free now.",
    )


def meeting_held(year: str) -> Refusal:
    """One a school year, however many press at once."""
    return Refusal(
        Reason.MEETING_HELD,
        f"The school meeting for {year} is arranged already, so I haven't made a second one.",
    )


def meeting_called_off() -> Refusal:
    """The meeting does not go ahead, so it cannot be changed."""
    return Refusal(
        Reason.CANCELLED,
        "That school meeting has been called off. Say “arrange our school meeting” for a new one.",
    )


def meeting_begun() -> Refusal:
    """Too late to move or call off."""
    return Refusal(
        Reason.STARTED,
        "That school meeting has begun or is over, so I can't move it. Say “our next steps” to "
        "write down what you agreed.",
    )


def no_meeting_to_change() -> Refusal:
    """Somebody wants to move or call off what is not there."""
    return Refusal(Reason.NOTHING_BOOKED, "There is no school meeting to come that I could change.")


def meeting_to_come() -> Refusal:
    """Next steps come out of the meeting."""
    return Refusal(
        Reason.NOTHING_BOOKED,
        "The school meeting hasn't been yet. Once it has begun you can write your next steps here.",
    )


def nothing_agreed() -> Refusal:
    """There is no meeting that could have next steps."""
    return Refusal(
        Reason.NOTHING_BOOKED,
        "Next steps are agreed at the school meeting, and there hasn't been one yet.",
    )


def move_or_call_off() -> Refusal:
    """A place at a school meeting cannot be given up alone: it needs everybody."""
    return Refusal(
        Reason.NOTHING_BOOKED,
        "Your school meeting needs everybody there. If the time doesn't suit, say “move our school "
        "meeting” or “call off our school meeting”.",
    )


def steps_too_many(most: int, longest: int) -> Refusal:
    """A list that nobody would get through."""
    return Refusal(
        Reason.TOO_MUCH,
        f"I can keep up to {most} steps of up to {longest} characters each, one on each line. "
        "Nothing is saved yet; your words are below.",
    )


def steps_changed() -> Refusal:
    """A colleague wrote down next steps while this person was writing."""
    return Refusal(
        Reason.CHANGED_MEANWHILE,
        "A colleague has just changed the next steps. Nothing of yours is lost: both are below, so "
        "have a look and save again.",
    )


def changed_meanwhile(title: str) -> Refusal:
    """A colleague saved the same session since this lead's form was made."""
    return Refusal(
        Reason.CHANGED_MEANWHILE,
        f"A colleague changed “{title}” while you were writing, so I haven't saved over it. "
        "This is how it stands now; have a look and edit it again if you still need to.",
    )


def there_already(title: str) -> Refusal:
    """Another session has the same tier, title, start, venue, strand and slot."""
    return Refusal(
        Reason.THERE_ALREADY,
        f"There is already a session “{title}” at that time and place. "
        "Open that one, or give this one another title, time or place.",
    )


def places_held(title: str, held: int) -> Refusal:
    """More people hold a place than there would be places."""
    return Refusal(
        Reason.PLACES_HELD,
        f"“{title}” has {counted(held, 'place')} booked or on offer, so it can't have fewer. "
        f"Choose {held} or more, or ask people to give a place up first.",
    )


def only_words_now(title: str) -> Refusal:
    """A session that has begun stays where and when it was."""
    return Refusal(
        Reason.STARTED,
        f"“{title}” has started or is over, so only its title, notes and number of places can "
        "change now.",
    )


def in_the_past(title: str) -> Refusal:
    """A session cannot be moved to a time that has gone."""
    return Refusal(
        Reason.STARTED,
        f"I can't move “{title}” to a time that has already gone. Please choose a later one.",
    )


def too_late_to_cancel(title: str) -> Refusal:
    """A session that has begun is not called off."""
    return Refusal(
        Reason.STARTED,
        f"“{title}” has started or is over, so it can't be cancelled any more; leave it as it was.",
    )


def put_back_on_first(title: str) -> Refusal:
    """A cancelled session is not edited."""
    return Refusal(
        Reason.CANCELLED, f"“{title}” is cancelled. Put it back on first, then change it."
    )


def register_not_yet(title: str, day: date) -> Refusal:
    """The register opens on the day of the session."""
    return Refusal(
        Reason.TOO_EARLY,
        f"The register of “{title}” opens on its day, {spoken_day(day)}. Until then the session's "
        "card shows who is booked.",
    )


def was_not_there(title: str) -> Refusal:
    """Only those on the register are asked how it was."""
    return Refusal(
        Reason.NOT_THERE,
        f"I don't have you on the register of “{title}”, so I can't take an answer for it. If you "
        "were there, tell the Trust SEND Lead and they will put it right.",
    )


def rule_must_stay_on() -> Refusal:
    """What happens to somebody's own place is always told."""
    return Refusal(
        Reason.RULE_STAYS,
        "That one tells people what happens to a place they hold, so it can't be turned off.",
    )


def rule_days_out_of_range(most: int) -> Refusal:
    """A lead time that no rule looks as far as."""
    return Refusal(Reason.NOT_UNDERSTOOD, f"Please give a number of days between 0 and {most}.")


def service_not_for_partners(name: str) -> Refusal:
    """Partner schools share what has been opened to them."""
    return Refusal(
        Reason.AUDIENCE,
        f"“{name}” is for the schools of the trust. Say “services” to see what the Hub has opened "
        "to partner schools.",
    )


def service_meant_for(name: str, audience: Iterable[Role]) -> Refusal:
    """Whole-school matters are asked for by those who answer for them."""
    return Refusal(
        Reason.AUDIENCE,
        f"“{name}” is asked for by {spoken_roles(audience)}, so please have a word with yours. If "
        "that is you, tell me, such as “I'm the SENCo at School B”. You can ask for 1:1 support.",
    )


def service_gone() -> Refusal:
    """The trust does not offer it any more."""
    return Refusal(
        Reason.GONE,
        "The Hub doesn't offer that any more. Say “services” to see what it does offer.",
    )


def consent_first(name: str) -> Refusal:
    """No case is discussed before parents or carers agree."""
    return Refusal(
        Reason.CONSENT,
        f"Let's wait with “{name}” until parents or carers have agreed; your SENCo can help you ask "
        "them. I've kept your answers, so you can carry on from “my requests” then. Until then you "
        "can ask for 1:1 support about the class and your strategies: no learner is discussed there.",
    )


def request_gone() -> Refusal:
    """No such request, or not one of this person's."""
    return Refusal(
        Reason.GONE, "I can't find that request among yours. Say “my requests” to see them all."
    )


def request_of_another() -> Refusal:
    """Only whoever asked can do that."""
    return Refusal(
        Reason.AUDIENCE, "Only the colleague who asked can do that. You can add a note instead."
    )


def step_not_now(reference: str, state: str) -> Refusal:
    """The request has moved on since the card was made."""
    named = reference or "That request"
    return Refusal(
        Reason.STEP_NOT_NOW,
        f"{named} is {state} now, so that can't be done. Nothing has been changed.",
    )


def nothing_proposed(reference: str) -> Refusal:
    """There is no time to choose, or not any more."""
    return Refusal(
        Reason.STEP_NOT_NOW,
        f"There are no times to choose from for {reference} just now. I'll tell you when there are.",
    )


def time_gone(reference: str) -> Refusal:
    """Other times were proposed since, or this one has passed."""
    return Refusal(
        Reason.STEP_NOT_NOW,
        f"That time for {reference} isn't on offer any more. These are the ones that are.",
    )


def time_taken(reference: str) -> Refusal:
    """Another colleague chose the same time a moment before."""
    return Refusal(
        Reason.STEP_NOT_NOW,
        f"Another colleague has just taken that time, so it is gone for {reference}. Choose another "
        "one, or say that none suits.",
    )


def request_changed(reference: str, who: str) -> Refusal:
    """A colleague was quicker."""
    return Refusal(
        Reason.CHANGED_MEANWHILE,
        f"{who} has just changed {reference}, so I haven't done anything yet. Here is how it "
        "stands now; nothing you wrote is lost.",
    )


def not_complete(asks: Iterable[str]) -> Refusal:
    """A request that cannot be sent yet."""
    return Refusal(Reason.NOT_COMPLETE, f"Still to answer: {'; '.join(asks)}")


def no_such_reference(reference: str) -> Refusal:
    """A reference that a lead typed, and that nothing has."""
    return Refusal(Reason.GONE, f"I can't find {reference}. Say “queue” to see what is open.")


def cannot_merge() -> Refusal:
    """Two requests that are not duplicates of each other."""
    return Refusal(
        Reason.STEP_NOT_NOW,
        "I can merge a request only into another open one of the same person. Nothing has changed.",
    )


def quick_answer_gone() -> Refusal:
    """It was taken out, or never kept."""
    return Refusal(Reason.GONE, "That answer isn't kept any more. Say “quick answers” to see all.")


def quick_answer_changed(who: str) -> Refusal:
    """Another lead put it right a moment before."""
    return Refusal(
        Reason.CHANGED_MEANWHILE,
        f"{who} has just changed this answer, so I haven't saved yours yet. Save again to put "
        "your words in its place.",
    )
