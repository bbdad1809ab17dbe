"""Say in, sound out: a line becomes a sentence, a sentence becomes samples, samples leave one mixer on their exact sample.

    Line ─ script ─> sentence ─ shelf ─> Pcm ─ speaker ─> blocks for the loudspeaker
                                  │ renders once              ^
                       renderer ─ render_worker (pyttsx3)     └─ tones
                                    espeak-ng, or neural_driver

`script` reads prompts/*/says.toml and questions.toml, `tones` earcons.toml. `renderer` keeps the speech engine in a child process,
`render_worker`, where it may hang or die without harm, and has its sound levelled by `finish`. `neural_driver` gives pyttsx3 a voice like
a person's. `shelf` keeps what was rendered, `beside` makes the rest beside a session, and `spare` has another voice say what can't be
made. `tones` are the short signals. `speaker` mixes, in samples, without a device or a clock; `mixing` is its arithmetic.
"""
