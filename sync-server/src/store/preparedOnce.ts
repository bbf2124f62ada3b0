import type Database from 'better-sqlite3';

/**
 * The same database, which compiles each statement once: for a row or two, compiling takes longer than running. The texts must be few, and
 * never made of data.
 */
export function preparedOnce(db: Database.Database): Database.Database {
  const prepare = db.prepare.bind(db) as (sql: string) => Database.Statement;
  const known = new Map<string, Database.Statement>();
  const once = (sql: string): Database.Statement => {
    const statement = known.get(sql) ?? prepare(sql);
    known.set(sql, statement);
    return statement;
  };
  return Object.assign(db, { prepare: once as typeof db.prepare });
}
