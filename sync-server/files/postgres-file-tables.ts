/** The tables of receipts in PostgreSQL; a step that has been released is never changed. */
export const FILE_TABLES = `
  CREATE TABLE files (workspace text, hash text, size bigint NOT NULL, PRIMARY KEY (workspace, hash));
  CREATE TABLE file_pages (
    workspace text, hash text, start bigint, bytes bytea NOT NULL, PRIMARY KEY (workspace, hash, start));
  CREATE TABLE file_documents (workspace text, hash text, document text, PRIMARY KEY (workspace, hash, document));
  CREATE TABLE file_parts (
    workspace text, hash text, document text, start bigint, bytes bytea NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (workspace, hash, document, start));
  -- Pictures are as small as they get: trying costs more than it saves.
  ALTER TABLE file_pages ALTER COLUMN bytes SET STORAGE EXTERNAL;
  ALTER TABLE file_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
`;
