"""Sound in and out of the machine: the only stage that knows files, devices and their rates.

`recording` (a file as Pcm) · `resampling` · `devices` (which there are, which one to use) · `duplex` (microphone and speaker, live) ·
`paced` (the same exchange without a device) · `keeping` (its sound in files, where that was asked for) · `volume` (how loud
the machine has it).

Inside: `device_worker` (the child process in which PortAudio lives), with `finding` (which of its devices is meant) and `blocks` (what
the callbacks move, and how two clocks are kept in step); `link` (this side of it), `reopening` (finding a lost device again), `standstill`
(the machine slept).

PortAudio never runs in the coach's own process: when a sound server dies under it, the version that Debian ships spins for ever and can be
neither stopped nor started again. A child can be killed.
"""
