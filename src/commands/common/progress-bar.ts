const width = 30;
/** Milliseconds between two drawings. */
const pause = 100;

export interface ProgressBar {
  show(done: number, of: number): void;
  clear(): void;
}

/** How far a run is, on a terminal; elsewhere nothing. */
export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  let shown = 0;
  return {
    show(done, of) {
      const now = performance.now();
      if (!stream.isTTY || now - shown < pause) return;
      shown = now;
      const full = Math.floor((done / of) * width);
      stream.write(`\r${'█'.repeat(full)}${'░'.repeat(width - full)} ${done} of ${of} cases`);
    },
    clear() {
      if (stream.isTTY && shown > 0) stream.write('\r\x1b[K');
      shown = 0;
    },
  };
}
