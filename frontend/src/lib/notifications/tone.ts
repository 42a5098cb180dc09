let context: AudioContext | null = null;

/** Seconds, and parts of full loudness. */
const note = { length: 0.22, loudness: 0.08 };
/** Two rising notes, a fourth apart, in hertz. */
const pitches = [587.3, 784];

/** Browsers let a page be heard only after its reader touched it: the first touch makes the sound ready. */
export function prepareTone(): () => void {
  const controller = new AbortController();
  const prepare = () => {
    context ??= new AudioContext();
    controller.abort();
  };
  for (const type of ["pointerdown", "keydown"])
    window.addEventListener(type, prepare, { signal: controller.signal, capture: true });
  return () => controller.abort();
}

/** A short tone; silence where the browser allows none. */
export function playTone(): void {
  if (!context) return;
  void context.resume().then(
    () => pitches.forEach(sound),
    () => undefined,
  );
}

function sound(pitch: number, index: number): void {
  if (!context) return;
  const at = context.currentTime + index * 0.11;
  const oscillator = new OscillatorNode(context, { frequency: pitch });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(note.loudness, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + note.length);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + note.length);
}
