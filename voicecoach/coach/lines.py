"""Every line that the coach can ask for, but the answers, and the places it fills: says.toml has to fit before a session begins."""

_PLAIN = """
    breath.in breath.out check_in.back check_in.effort check_in.silence closing.soreness cool_down.begin cool_down.pain
    cool_down.worse distress.advice distress.emergency distress.pain distress.rest distress.stopping easier.easiest
    easier.one_leg emergency.alone fault.disk fault.hearing fault.inaudible fault.over fault.recovered fault.speaker
    fault.standstill fault.still
    feel_back.advice feel_back.again feel_back.form feel_back.pause greeting.hello greeting.limits greeting.questions
    greeting.words harder.both_legs harder.later help.check_in help.cool_down help.paused help.rest help.screen help.set
    help.stopped help.warm_up lead_in left.cool_down left.soon left.start left.warm_up_one level.clipped level.faint
    level.noisy loudness.louder loudness.loudest loudness.quieter loudness.quietest not_now.check_in not_now.cool_down
    not_now.other not_now.paused not_now.screen options.number options.ready options.yes_no pain.advice pain.advice_when
    pain.bladder pain.done pain.legs pain.level pain.numb pain.rest pain.sharp pain.stopping pardon pardon.paused
    paused.already paused.begin paused.moving paused.over paused.reminder position.down position.hands position.hips
    position.legs question.later refuse.clearance refuse.floor refuse.pain refuse.pregnancy refuse.silence rest.say_when
    resume.going screen.acute screen.cleared screen.easy_start screen.floor screen.nerve screen.pain screen.pregnant
    screen.ready screen.spine screen.supervised screen.usual set.brace set.form set.half_way set.last_one set.last_two
    set.lift set.lift_left set.lift_right set.lower set.up setup.clipped setup.drifting setup.drowned setup.echoing setup.late
    setup.loud setup.louder setup.noisy setup.silent setup.unheard silence.stopped skip.set stop.all_right stop.closing stop.latched
    stop.quiet stop.stopped talk.less talk.more tempo.faster tempo.fastest tempo.slower tempo.slowest unsure.moving
    unsure.still up.begin up.step_1 up.step_2 up.step_3 up.step_4 up.step_5 up.step_6 warm_up.begin warm_up.half_lift
    warm_up.kept warm_up.release warm_up.skip warm_up.tilt why.none
"""

LINES: dict[str, frozenset[str]] = dict.fromkeys(_PLAIN.split(), frozenset[str]()) | {
    "check_in.done": frozenset({"set"}),
    "closing.goodbye": frozenset({"reps"}),
    "countdown": frozenset({"n"}),
    "easier.fewer": frozenset({"reps"}),
    "emergency.call": frozenset({"emergency"}),
    "emergency.chest": frozenset({"emergency"}),
    "emergency.nerve": frozenset({"emergency"}),
    "emergency.unheard": frozenset({"emergency"}),
    "emergency.unsure": frozenset({"emergency"}),
    "left.last_lift": frozenset({"set", "sets"}),
    "left.rest": frozenset({"seconds", "sets"}),
    "left.rest_last": frozenset({"seconds"}),
    "left.set": frozenset({"reps", "set", "sets"}),
    "left.warm_up": frozenset({"sets"}),
    "read_back": frozenset({"number"}),
    "rest.begin": frozenset({"seconds", "set", "sets"}),
    "rest.longer": frozenset({"seconds"}),
    "rest.warning": frozenset({"seconds"}),
    "set.begin": frozenset({"reps", "set", "sets"}),
    "set.begin_one_leg": frozenset({"reps", "set", "sets"}),
    "set.count": frozenset({"n"}),
    "set.count_stay": frozenset({"n"}),
    "set.only": frozenset({"reps"}),
    "set.only_one_leg": frozenset({"reps"}),
    "warm_up.breaths": frozenset({"count"}),
    "warm_up.lifts": frozenset({"count"}),
    "warm_up.squeeze": frozenset({"n"}),
    "warm_up.squeezes": frozenset({"count"}),
    "warm_up.tilts": frozenset({"count"}),
}
