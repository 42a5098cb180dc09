import * as z from "zod";
import {
  Channel,
  ChannelDescription,
  ChannelMember,
  ChannelName,
  ChannelRole,
  Membership,
  NotificationLevel,
  Section,
} from "../entities/channel";
import { CursorQuery, Id, Revision, SearchText } from "../primitives";
import { defineRoute } from "../route";

const params = z.object({ id: Id });

/** How I stand to a channel, its counts as of a revision of it. */
const MyStanding = z.object({ membership: Membership, rev: Revision });

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
  response: MyStanding,
  status: 200,
  errors: ["not_found"],
});

export const updateChannel = defineRoute({
  method: "put",
  path: "/chat/channels/:id",
  access: "user",
  tag: "Channels",
  summary: "Rename or describe a channel (its administrators; of public ones the workspace's too)",
  params,
  body: z.object({ name: ChannelName.optional(), description: ChannelDescription.nullish() }),
  response: z.object({ channel: Channel }),
  status: 200,
  errors: ["not_found", "forbidden", "conflict"],
});

export const archiveChannel = defineRoute({
  method: "delete",
  path: "/chat/channels/:id",
  access: "user",
  tag: "Channels",
  summary: "Archive a channel: it can be read and found, and nothing more is said in it",
  params,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden"],
});

export const restoreChannel = defineRoute({
  method: "post",
  path: "/chat/channels/:id/restore",
  access: "user",
  tag: "Channels",
  summary: "Open an archived channel again",
  params,
  response: z.object({ channel: Channel }),
  status: 200,
  errors: ["not_found", "forbidden"],
});

const memberParams = z.object({ id: Id, userId: Id });

export const setMemberRole = defineRoute({
  method: "put",
  path: "/chat/channels/:id/members/:userId",
  access: "user",
  tag: "Channels",
  summary: "Make a member an administrator of the channel, or no longer",
  params: memberParams,
  body: z.object({ role: ChannelRole }),
  response: z.object({ member: ChannelMember }),
  status: 200,
  errors: ["not_found", "forbidden", "conflict"],
});

export const removeMember = defineRoute({
  method: "delete",
  path: "/chat/channels/:id/members/:userId",
  access: "user",
  tag: "Channels",
  summary: "Take somebody out of a channel",
  params: memberParams,
  response: null,
  status: 204,
  errors: ["not_found", "forbidden"],
});

export const setChannelNotifications = defineRoute({
  method: "put",
  path: "/chat/channels/:id/notifications",
  access: "user",
  tag: "Channels",
  summary: "Of what a channel tells me loudly",
  params,
  body: z.object({ muted: z.boolean().optional(), level: NotificationLevel.optional() }),
  response: MyStanding,
  status: 200,
  errors: ["not_found"],
});

export const setChannelPlace = defineRoute({
  method: "put",
  path: "/chat/channels/:id/place",
  access: "user",
  tag: "Channels",
  summary: "Where a channel stands in my sidebar: among the favourites, in a section",
  params,
  body: z.object({ isFavourite: z.boolean().optional(), sectionId: Id.nullish() }),
  response: MyStanding,
  status: 200,
  errors: ["not_found"],
});

export const listSections = defineRoute({
  method: "get",
  path: "/chat/sections",
  access: "user",
  tag: "Channels",
  summary: "The sections of my sidebar, in their order",
  response: z.object({ sections: z.array(Section) }),
  status: 200,
});

export const setSections = defineRoute({
  method: "put",
  path: "/chat/sections",
  access: "user",
  tag: "Channels",
  summary:
    "Name and order the sections of my sidebar. One without an id is new; one that is left out goes, its channels stay",
  body: z.object({
    sections: z
      .array(z.object({ id: Id.optional(), name: z.string().trim().min(1, "Give it a name.").max(50) }))
      .max(50, "Have at most 50 sections."),
  }),
  response: z.object({ sections: z.array(Section) }),
  status: 200,
});

export const setTyping = defineRoute({
  method: "post",
  path: "/chat/channels/:id/typing",
  access: "user",
  tag: "Channels",
  summary: "I am typing, for the next six seconds; or no longer",
  params,
  body: z.object({ isTyping: z.boolean(), parentMessageId: Id.optional() }),
  response: null,
  status: 204,
  errors: ["not_found"],
});
