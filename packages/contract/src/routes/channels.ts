import * as z from "zod";
import { Channel, ChannelDescription, ChannelMember, ChannelName, ChannelRole, Membership } from "../entities/channel";
import { CursorQuery, Id, Revision, SearchText } from "../primitives";
import { defineRoute } from "../route";

const params = z.object({ id: Id });

export const listChannels = defineRoute({
  method: "get",
  path: "/chat/channels",
  access: "user",
  tag: "Channels",
  summary: "My channels and direct messages, latest activity first",
  response: z.object({ channels: z.array(Channel) }),
  status: 200,
});

export const browseChannels = defineRoute({
  method: "get",
  path: "/chat/channels/browse",
  access: "user",
  tag: "Channels",
  summary: "Public channels by name, whether or not I am in them",
  query: CursorQuery.extend({ query: SearchText.optional() }),
  response: z.object({ channels: z.array(Channel), nextCursor: z.string().nullable() }),
  status: 200,
});

export const createChannel = defineRoute({
  method: "post",
  path: "/chat/channels",
  access: "user",
  tag: "Channels",
  summary: "Create a channel; I become its administrator",
  body: z.object({
    name: ChannelName,
    description: ChannelDescription.optional(),
    type: z.enum(["public", "private"]).default("public"),
    memberIds: z.array(Id).max(100, "Add at most 100 people at once.").default([]),
  }),
  response: z.object({ channel: Channel }),
  status: 201,
  errors: ["conflict"],
});

export const getChannel = defineRoute({
  method: "get",
  path: "/chat/channels/:id",
  access: "user",
  tag: "Channels",
  summary: "One channel",
  params,
  response: z.object({ channel: Channel }),
  status: 200,
  errors: ["not_found"],
});

export const joinChannel = defineRoute({
  method: "post",
  path: "/chat/channels/:id/join",
  access: "user",
  tag: "Channels",
  summary: "Join a public channel; joining twice is joining once",
  params,
  response: z.object({ channel: Channel }),
  status: 200,
  errors: ["not_found"],
});

export const leaveChannel = defineRoute({
  method: "post",
  path: "/chat/channels/:id/leave",
  access: "user",
  tag: "Channels",
  summary: "Leave a channel",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden"],
});

export const listMembers = defineRoute({
  method: "get",
  path: "/chat/channels/:id/members",
  access: "user",
  tag: "Channels",
  summary: "Who is in a channel, longest-standing first",
  params,
  query: CursorQuery,
  response: z.object({ members: z.array(ChannelMember), nextCursor: z.string().nullable() }),
  status: 200,
  errors: ["not_found"],
});

export const addMember = defineRoute({
  method: "post",
  path: "/chat/channels/:id/members",
  access: "user",
  tag: "Channels",
  summary: "Add somebody; adding twice is adding once. Giving the admin role takes a channel administrator",
  params,
  body: z.object({ userId: Id, role: ChannelRole.default("member") }),
  response: z.object({ member: ChannelMember }),
  status: 201,
  errors: ["not_found", "forbidden"],
});

export const markRead = defineRoute({
  method: "post",
  path: "/chat/channels/:id/read",
  access: "user",
  tag: "Channels",
  summary: "I have read up to this message; going back is ignored",
  params,
  body: z.object({ seq: Revision }),
  response: z.object({ membership: Membership }),
  status: 200,
  errors: ["not_found"],
});
