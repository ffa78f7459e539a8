/**
 * Where the server keeps receipts, behind one interface. A promise that resolves means written to disk.
 * `tests/sync/files/contract.ts` says in tests what every implementation must do.
 */

/** A file on its way: by its content, and by the document it is given for. */
export interface Upload {
  readonly workspace: string;
  /** SHA-256 of the content, hex. */
  readonly hash: string;
  /** The inbox that names it. */
  readonly document: string;
  readonly size: number;
}

export interface FilePage {
  /** Of the whole file. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

export interface FileStorage {
  /** Documents that a whole file was given for; none while there is no such file. */
  givenFor(workspace: string, hash: string): Promise<readonly string[]>;
  /** Bytes that are here of a file that is not whole yet. */
  received(upload: Upload): Promise<number>;
  /** Keeps the next part and gives how many bytes are here; a part that does not begin where they end changes nothing. */
  append(upload: Upload, from: number, bytes: Uint8Array): Promise<number>;
  /** All parts are here: the file is whole from now on, or gone when its content is not what its hash says. */
  finish(upload: Upload): Promise<'kept' | 'wrong-hash'>;
  /** Bytes of a whole file from an offset on, at most `maxBytes`; null when there is none. */
  read(workspace: string, hash: string, from: number, maxBytes: number): Promise<FilePage | null>;
  /** Bytes that a workspace's files take, those included that are on their way. */
  used(workspace: string): Promise<number>;
  /** Throws away parts that nobody has added to since. */
  sweep(before: Date): Promise<void>;
  close(): Promise<void>;
}
