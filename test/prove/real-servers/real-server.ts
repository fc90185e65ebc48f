/** All that a server keeps: the JSON text of each thing, by a name that says what it is and which one. */
export type State = ReadonlyMap<string, string>;

/** A server that nobody here wrote, with a document of its own. */
export interface RealServer {
  /** Also the name of its table of defects, `<name>.defects.yaml`. */
  readonly name: string;
  /**
   * Installs its packages.
   *
   * @param folder for those that need not be on the whole machine
   * @throws when one cannot be had
   */
  install(folder: string): Promise<void>;
  /**
   * Starts it on a free port of 127.0.0.1 and fills it with some things, so that it can be seen whether a run leaves them alone.
   *
   * @param folder an empty folder, which holds all that it writes
   * @param installed the folder that it was installed with
   * @throws when it ends before it listens
   */
  start(folder: string, installed: string): Promise<RunningServer>;
}

/** A server that was started. */
export interface RunningServer {
  /** Where its API is served. */
  readonly url: string;
  /** The file of its document, as it, or its package, has it. */
  readonly document: string;
  /** Its name and version, as it says them. */
  readonly version: string;
  /** Options of `sparring test` that let in. */
  readonly options: readonly string[];
  state(): Promise<State>;
  stop(): Promise<void>;
}
