"""Every line that the coach can ask for, but the answers: says.toml has to have them all before a session begins."""

LINES = frozenset(
    """
    breath.in breath.out check_in.back check_in.done check_in.effort check_in.silence closing.goodbye closing.soreness
    cool_down.begin cool_down.pain cool_down.worse countdown distress.emergency distress.pain distress.rest distress.stopping
    easier.easiest easier.fewer easier.one_leg emergency.alone emergency.call emergency.chest emergency.nerve fault.disk
    fault.hearing fault.over fault.recovered fault.speaker feel_back.advice feel_back.again feel_back.form feel_back.pause
    greeting.hello greeting.limits greeting.questions greeting.words harder.both_legs harder.later help.check_in help.cool_down
    help.paused help.rest help.screen help.set help.stopped help.warm_up lead_in left.cool_down left.rest left.set left.start
    left.warm_up loudness.louder loudness.loudest loudness.quieter loudness.quietest not_now.check_in not_now.cool_down
    not_now.other not_now.paused not_now.screen options.number options.ready options.yes_no pain.advice pain.again pain.bladder
    pain.done pain.legs pain.level pain.numb pain.rest pain.sharp pain.stopping pardon paused.already paused.begin paused.moving
    paused.over paused.reminder position.down position.hands position.hips position.legs question.later read_back refuse.clearance
    refuse.floor refuse.pain refuse.pregnancy refuse.silence rest.begin rest.longer rest.say_when rest.warning resume.going
    screen.acute screen.cleared screen.easy_start screen.floor screen.nerve screen.pain screen.pregnant screen.ready screen.spine
    screen.supervised screen.usual set.begin set.begin_one_leg set.brace set.count set.count_stay set.form set.half_way set.last_one
    set.last_two set.lift set.lift_left set.lift_right set.lower set.only set.only_one_leg set.up silence.stopped skip.set
    stop.all_right stop.closing stop.latched stop.quiet stop.stopped talk.less talk.more tempo.faster tempo.fastest tempo.slower
    tempo.slowest up.begin up.step_1 up.step_2 up.step_3 up.step_4 up.step_5 up.step_6 warm_up.begin warm_up.breaths
    warm_up.half_lift warm_up.kept warm_up.lifts warm_up.release warm_up.skip warm_up.squeeze warm_up.squeezes warm_up.tilt
    warm_up.tilts why.none
    """.split()  # noqa: SIM905 - a list this long reads better as words
)
