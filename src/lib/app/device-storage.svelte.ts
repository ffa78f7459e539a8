/** The room that this site has on the device, and whether the browser has promised to keep what is in it. */

export interface RoomLeft {
  readonly usedBytes: number;
  /** What the browser would let this site use. */
  readonly quotaBytes: number;
}

/** Above this share of the quota it is time to say so. */
const ALMOST_FULL = 0.8;

const ASKED = 'outlay:asked-to-keep';

export class DeviceStorage {
  readonly #manager: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined;
  #room = $state.raw<RoomLeft | null>(null);
  #kept = $state<boolean>();

  /** `manager` is `navigator.storage`, which is missing on insecure origins. */
  constructor(manager: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined) {
    this.#manager = manager;
  }

  /** Null until measured, or where the browser does not say. */
  get room(): RoomLeft | null {
    return this.#room;
  }

  /** Whether the browser deletes this site's data only when the person does; undefined until known. */
  get kept(): boolean | undefined {
    return this.#kept;
  }

  get almostFull(): boolean {
    return this.#room !== null && this.#room.usedBytes > this.#room.quotaBytes * ALMOST_FULL;
  }

  async measure(): Promise<void> {
    if (this.#manager === undefined) return;
    const [{ usage, quota }, kept] = await Promise.all([this.#manager.estimate(), this.#manager.persisted()]);
    this.#room = usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota };
    this.#kept = kept;
  }

  /** Asks the browser to keep the data. Some ask the person, so this belongs after something they did. */
  async askToKeep(): Promise<boolean> {
    if (this.#manager === undefined) return false;
    this.#kept = await this.#manager.persist();
    return this.#kept;
  }

  /** The same once for this device: after the first data of one's own. */
  async askToKeepOnce(memory: Pick<Storage, 'getItem' | 'setItem'>): Promise<void> {
    if (this.#manager === undefined || memory.getItem(ASKED) !== null) return;
    if (!(await this.#manager.persisted())) await this.askToKeep();
    memory.setItem(ASKED, 'yes');
  }
}
