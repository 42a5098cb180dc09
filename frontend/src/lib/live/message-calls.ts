import { api } from "@/lib/api/client";
import type { MessageCalls } from "./message-actions";

export const messageCalls: MessageCalls = {
  edit: async (id, content) => (await api.put("/chat/messages/:id", { params: { id }, body: { content } })).message,
  delete: async (id) => {
    await api.delete("/chat/messages/:id", { params: { id } });
  },
  react: async (id, emoji, isOn) => {
    const call = isOn ? api.put : api.delete;
    return (await call("/chat/messages/:id/reactions/:emoji", { params: { id, emoji } })).message;
  },
  pin: async (id, isOn) => {
    const call = isOn ? api.put : api.delete;
    return (await call("/chat/messages/:id/pin", { params: { id } })).message;
  },
  save: async (id, isOn) => {
    const call = isOn ? api.put : api.delete;
    await call("/chat/messages/:id/bookmark", { params: { id } });
  },
};
