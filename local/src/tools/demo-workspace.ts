/** What `npm run seed` puts into an empty workspace: enough to look around in. */
export const people = [
  { key: "mira", name: "Mira Sandoval" },
  { key: "jonas", name: "Jonas Bergström" },
  { key: "aiko", name: "Aiko Tanaka" },
  { key: "tunde", name: "Tunde Okafor" },
  { key: "lena", name: "Lena Hoffmann" },
] as const;
export type PersonKey = (typeof people)[number]["key"];

export interface DemoMessage {
  by: PersonKey;
  text: string;
  /** A picture of so many pixels, drawn for it. */
  picture?: { name: string; width: number; height: number };
  reactions?: Record<string, PersonKey[]>;
  replies?: [PersonKey, string][];
  isPinned?: boolean;
}

interface DemoChannel {
  name: string;
  description: string;
  type: "public" | "private";
  members: PersonKey[];
  messages: DemoMessage[];
}

export const channels: DemoChannel[] = [
  {
    name: "launch",
    description: "Everything for the spring launch",
    type: "public",
    members: ["mira", "jonas", "aiko", "tunde", "lena"],
    messages: [
      {
        by: "mira",
        text: "Good morning! Three weeks to go. **What is left:**\n\n- [x] API feature complete\n- [ ] pricing signed, _Wednesday_\n- [ ] landing page and support macros",
        isPinned: true,
        reactions: { "👀": ["aiko", "tunde"] },
      },
      {
        by: "jonas",
        text: "The API is feature complete. I am on the load tests now, first numbers this afternoon.",
        reactions: { "🎉": ["mira", "aiko", "lena"], "🚀": ["tunde"] },
      },
      {
        by: "aiko",
        text: "Copy for the landing page is in review:\nhttps://example.com/launch-copy\nComments until Thursday, please.",
        replies: [
          ["tunde", "The second paragraph promises _instant_ exports. Support would rather say “within a minute”."],
          ["aiko", "Good catch, changed."],
          ["mira", "Then it is fine with me as well."],
        ],
      },
      { by: "tunde", text: "Support macros are half done. I need the final pricing to finish them." },
      { by: "mira", text: "Pricing is decided on Wednesday. I will post it here the minute it is signed." },
      {
        by: "lena",
        text: "Illustrations are done, all 14. Dark variants too. This one for the header?",
        picture: { name: "lighthouse-dark.png", width: 960, height: 480 },
        reactions: { "😍": ["mira", "jonas", "aiko"] },
      },
      { by: "jonas", text: "Those look great. The dark one with the lighthouse should be the header." },
      { by: "lena", text: "Agreed, I will export it at 2x today." },
      { by: "lena", text: "@mira.sandoval can you have a last look at the colours before that?" },
    ],
  },
  {
    name: "engineering",
    description: "Builds, reviews and the odd war story",
    type: "public",
    members: ["jonas", "mira", "tunde", "lena"],
    messages: [
      { by: "jonas", text: "Deploy of 14:00 is through. p99 went from 210 ms to 140 ms, thanks to the new index." },
      {
        by: "tunde",
        text: "Nice. Did the retry storm on the importer stop as well?",
        replies: [["jonas", "Yes: it backs off with jitter now. No duplicate rows since noon."]],
      },
      {
        by: "jonas",
        text: "For the record, this is all it took:\n\n```ts\n/** Full jitter: nobody comes back at the same moment. */\nexport const backoff = (attempt: number): number =>\n  Math.random() * Math.min(30_000, 250 * 2 ** attempt);\n```",
        reactions: { "👍": ["tunde", "lena"] },
      },
      { by: "lena", text: "The icon font is gone from the bundle, we are 38 kB lighter." },
    ],
  },
  {
    name: "hiring",
    description: "Candidates and interview plans",
    type: "private",
    members: ["mira", "lena"],
    messages: [
      { by: "mira", text: "Two strong applications for the design role. Can you take the portfolio talk on Friday?" },
      { by: "lena", text: "Friday 10:00 works." },
    ],
  },
];

export const directMessages: { between: PersonKey[]; messages: DemoMessage[] }[] = [
  {
    between: ["mira", "jonas"],
    messages: [
      {
        by: "jonas",
        text: "Do you have ten minutes before the launch call? I would like to go over the rollback plan.",
      },
      { by: "mira", text: "Sure, 13:40 in the small room?" },
      { by: "jonas", text: "Perfect." },
    ],
  },
  {
    between: ["aiko", "mira", "lena"],
    messages: [{ by: "aiko", text: "Lunch at the market today?", reactions: { "🍜": ["mira", "lena"] } }],
  },
];

/** What people show beside their names. */
export const statuses: Partial<Record<PersonKey, { status: "busy" | "away" | "inmeeting"; statusMessage: string }>> = {
  jonas: { status: "busy", statusMessage: "🎧 Load tests" },
  tunde: { status: "away", statusMessage: "Back at four" },
};
