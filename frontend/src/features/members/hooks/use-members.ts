"use client";

import type { ChannelMember } from "@connectbest/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { notices } from "@/lib/notices/notices";
import { usePages } from "@/lib/query/use-pages";

/** Who is in a channel. The count, kept level by events, is part of the key: somebody coming or going asks anew. */
export const useMembers = (channelId: string, memberCount: number) =>
  usePages(["members", channelId, memberCount], (cursor, signal) =>
    api.get("/chat/channels/:id/members", { params: { id: channelId }, query: { limit: 100, cursor }, signal }),
  );

export function useAddMember(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) =>
      api.post("/chat/channels/:id/members", { params: { id: channelId }, body: { userId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["members", channelId] }),
  });
}

/** What a channel's administrators do to its members; what the server refuses is said. */
export function useManageMember(channelId: string) {
  const client = useQueryClient();
  async function perform(call: Promise<unknown>) {
    try {
      await call;
      await client.invalidateQueries({ queryKey: ["members", channelId] });
    } catch (error) {
      notices.say(sentenceOf(error), { tone: "danger" });
    }
  }
  const paramsOf = (userId: string) => ({ id: channelId, userId });
  return {
    setRole: (userId: string, role: ChannelMember["role"]) =>
      void perform(api.put("/chat/channels/:id/members/:userId", { params: paramsOf(userId), body: { role } })),
    remove: (userId: string) =>
      void perform(api.delete("/chat/channels/:id/members/:userId", { params: paramsOf(userId) })),
  };
}
