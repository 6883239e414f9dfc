import mongoose from 'mongoose';

/** URI of a database of its own on the given server, emptied. */
export async function emptiedDatabase(server: string, name: string): Promise<string> {
  const uri = new URL(server);
  uri.pathname = `/${name}`;
  const connection = await mongoose.createConnection(uri.href).asPromise();
  await connection.dropDatabase();
  await connection.close();
  return uri.href;
}
