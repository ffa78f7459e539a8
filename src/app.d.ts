declare global {
  /** Where browsers hand over the files that the installed app was opened with; not in the standard's types. */
  interface Window {
    readonly launchQueue?: {
      setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
    };
  }
  namespace App {
    interface PageState {
      panel?: string;
    }
  }
}

export {};
