"""Say in, sound out: a line becomes a sentence, a sentence becomes samples, samples leave one mixer on their exact sample.

    Line ─ script ─> sentence ─ shelf ─> Pcm ─ speaker ─> blocks for the loudspeaker
                                  │ renders once              ^
                       renderer ─ render_worker (pyttsx3)     └─ tones

`script` reads prompts/*/says.toml and questions.toml, `tones` earcons.toml. `renderer` keeps the speech engine in a child process,
`render_worker`, where it may hang or die without harm, and has its sound levelled by `finish`. `shelf` keeps what was rendered. `tones`
are the short signals. `speaker` mixes, in samples, without a device or a clock; `mixing` is its arithmetic.
"""
