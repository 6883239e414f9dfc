import { type Connection, type Model, Schema } from 'mongoose';

export interface StoredSetting {
  _id: string;
  /** JSON text. */
  value: string;
}

const schema = new Schema<StoredSetting>(
  { _id: { type: String, required: true }, value: { type: String, required: true } },
  { collection: 'settings', id: false, strict: 'throw', strictQuery: 'throw', versionKey: false },
);

export const settingModel = (connection: Connection): Model<StoredSetting> =>
  connection.model<StoredSetting>('Setting', schema);
