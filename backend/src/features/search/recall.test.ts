import { Types } from "mongoose";
import { createLogger } from "../../http/request-log";
import { startTestApi, type Account, type TestApi } from "../../testing/test-api";
import { findMessages } from "./find-messages";
import { SearchIndexer } from "./indexing/search-indexer";
import { parseQuery } from "./query/parse-query";
import { QueryResolver, type ReadableChannel } from "./query/resolve-query";
import { findReadableChannels } from "./readable-channels";
import { fold } from "./text/fold";

/** What is said, by script. Composed and taken apart, with and without points, wide and narrow; code and addresses besides. */
const said: Record<string, string[]> = {
  latin: [
    "Zoë paid 3,50 € for crème brûlée in Łódź",
    "Größe Straße ẞ: geändert, geprüft!",
    "İstanbul’da ırmak, þorn & æther — naïve",
    "Re\u0301sume\u0301 — o\u0308ffne die Übersicht",
    "ﬁle №5 ＦＵＬＬ ｗｉｄｔｈ x²",
  ],
  cyrillic: [
    "Встреча завтра в 10:30, ещё раз проверить счёт",
    "Київ: їжа та ґанок, Ёлка",
    "Сервер упал — перезапустите",
  ],
  greek: ["Η συνάντηση είναι αύριο στις 9", "ΟΔΥΣΣΕΥΣ και Ὀδυσσεύς, ἄνθρωπος", "Πού είναι το αρχείο;"],
  arabic: ["الاجتماع غدًا في الساعة العاشرة", "مُحَمَّد أرسل التقرير إلى الفريق", "مـــرحبًا، كيف الحال؟ ۱۲۳ فارسی می‌خواهم"],
  hebrew: ["שָׁלוֹם לכולם, הפגישה מחר", "הדו״ח מוכן לבדיקה של הצוות", "קובץ חדש: דוח־שנתי"],
  devanagari: ["बैठक कल सुबह है, कृपया पढ़ें", "हिन्दी में क्षत्रिय और ज्ञान", "सर्वर पर त्रुटि: फ़ाइल नहीं मिली"],
  thai: ["ประชุมพรุ่งนี้ตอนเช้าที่ห้องใหญ่", "เซิร์ฟเวอร์มีข้อผิดพลาด กรุณาตรวจสอบ", "น้ำแข็งกับกาแฟ ๓ แก้ว"],
  cjk: [
    "明天的会议改到下午三点，请确认。",
    "プロジェクトのﾚﾎﾟｰﾄを確認お願いします",
    "오늘 회의는 서울에서 합니다, 확인 부탁드려요",
    "ガギグ と か\u3099き\u3099 한국".normalize("NFD"),
    "𠮷野家で𩸽を食べた🍣👨‍👩‍👧",
  ],
  code: [
    "```const x = foo_bar(a[0], b->c) ?? C++;```",
    "ssh root@10.0.0.17 -p 22 && ping fe80::1%eth0",
    "see https://example.com/a/b?c=d&e=%20#f",
    String.raw`C:\Users\ada "quoted \"twice\"" .*(a+)+$`,
  ],
};

let api: TestApi;
let ada: Account;
let bob: Account;
let channels: ReadableChannel[];
/** What the asker may read, by id. */
const readable = new Map<string, string>();

beforeAll(async () => {
  api = await startTestApi();
  [ada, bob] = [await api.signUp("Ada"), await api.signUp("Bob")];
  const [open, closed] = [await api.createChannel(ada, [bob]), await api.createChannel(bob, [], "private")];
  const everything = Object.values(said).flat();
  for (const [i, text] of everything.entries()) {
    readable.set((await api.post(bob, open.id, text)).id, text);
    await api.post(bob, closed.id, text);
    // Some in one segment, some in others that are merged, the last ones in none.
    if (i % 3 === 0 && i < everything.length - 3) await new SearchIndexer(createLogger("silent"), { rest: 0 }).run();
  }
  channels = await findReadableChannels(new Types.ObjectId(ada.id));
});
afterAll(() => api.close());

const escaped = (text: string): string => `"${text.replace(/["“”„‟]/g, "\\$&")}"`;

async function find(phrase: string): Promise<string[]> {
  const resolver = new QueryResolver(new Types.ObjectId(ada.id), channels);
  const criteria = await resolver.resolve(parseQuery(escaped(phrase)));
  const { messages, next } = await findMessages(criteria, channels, undefined, 100);
  expect(next).toBeNull();
  return messages.map(({ _id }) => _id.toHexString());
}

/** Every run of 2 to 8 characters. */
function partsOf(text: string): Set<string> {
  const characters = [...text];
  const parts = new Set<string>();
  for (let from = 0; from < characters.length; from++)
    for (let length = 2; length <= 8 && from + length <= characters.length; length++)
      parts.add(characters.slice(from, from + length).join(""));
  return parts;
}

describe("every part of 2 to 8 characters", () => {
  it.each(Object.entries(said))(
    "of %s finds each message that has it, and none that the asker may not read",
    async (_, texts) => {
      const parts = [...new Set(texts.flatMap((text) => [...partsOf(text)]))].filter(
        (part) => fold(part).trim() !== "",
      );
      const missed: string[] = [];
      for (const part of parts) {
        const found = new Set(await find(part));
        // By brute force, on the letters as they were written.
        for (const [id, text] of readable) if (text.includes(part) && !found.has(id)) missed.push(`${part} in ${text}`);
        for (const id of found) expect(fold(` ${readable.get(id) ?? ""} `)).toContain(fold(part));
      }
      expect(parts.length).toBeGreaterThan(300);
      expect(missed).toEqual([]);
    },
    60_000,
  );
});
