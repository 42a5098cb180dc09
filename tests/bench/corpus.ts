import { randomFrom, type Random } from "./random";

/** Words that people type often, most frequent first; what comes after them in a vocabulary is made up, and rarer. */
const common = {
  english:
    "the to and a of in is it you that for on with this have be are not as at we can but was if so from or just will do an your all my there about what when up they me no out like one get more how would some time need know now think which make good been see only then them could also work want other after into our very well any first than its right new way here still should back because over day take use really same next help going look something thanks yes sure great please maybe today tomorrow meeting deploy release branch merge review test build server client error fix bug issue ticket team call email file link page update version customer order invoice price report budget design draft question answer weekend morning lunch coffee office project plan deadline",
  german:
    "ich und die der das nicht ist es wir zu ein in mit auf für an haben noch schon mal auch dann wenn aber nur morgen heute Besprechung Änderung Übersicht Größe müssen können würde Straße Rechnung Kunde Lieferung Prüfung Vertrag Angebot schön grüßen",
  russian:
    "и в не на я что это он как мы но по все так если уже есть можно нужно сегодня завтра встреча сервер ошибка проект клиент заказ счёт отчёт версия команда вопрос ответ спасибо пожалуйста хорошо ещё",
  greek:
    "και το να είναι στο με για που θα δεν από έχει μας αυτό σήμερα αύριο συνάντηση έργο ομάδα πελάτης ερώτηση απάντηση ευχαριστώ καλημέρα",
  arabic:
    "في من على إلى هذا مع ما هو لا أن كان اليوم غدا اجتماع مشروع فريق عميل سؤال جواب شكرا الخادم خطأ إصدار تقرير ملف رابط جديد",
  hebrew:
    "של את על לא זה אני הוא עם כל מה יש היום מחר פגישה פרויקט צוות לקוח שאלה תשובה תודה שרת שגיאה גרסה דוח קובץ קישור חדש",
  hindi:
    "है में की के को से और यह का पर नहीं हो कल आज बैठक परियोजना टीम ग्राहक सवाल जवाब धन्यवाद सर्वर त्रुटि संस्करण रिपोर्ट फ़ाइल नया पढ़ना",
};
/** Scripts without spaces between words: pieces that are strung together. */
const unspaced = {
  thai: "ครับ ค่ะ ที่ นี้ ได้ แล้ว ไม่ มี เรา ประชุม วันนี้ พรุ่งนี้ โครงการ ลูกค้า คำถาม คำตอบ ขอบคุณ เซิร์ฟเวอร์ ข้อผิดพลาด รายงาน ไฟล์ ใหม่",
  chinese:
    "的 是 我们 今天 明天 会议 项目 客户 问题 回答 谢谢 服务器 错误 版本 报告 文件 链接 新的 需要 可以 已经 更新 测试 部署 发布 团队 讨论 安排 时间 数据库 接口",
  japanese:
    "です ます は が を に の 今日 明日 会議 プロジェクト お客様 質問 回答 ありがとう サーバー エラー バージョン レポート ファイル リンク 新しい 確認 お願いします 更新 テスト",
};
const korean =
  "오늘 내일 회의 프로젝트 고객 질문 답변 감사합니다 서버 오류 버전 보고서 파일 링크 새로운 확인 부탁드립니다 업데이트 테스트 배포 팀 일정 데이터베이스 안녕하세요 그리고 하지만";

/** Syllables of which rarer words are made, one alphabet each. */
const syllables: Record<keyof typeof common, string> = {
  english:
    "an ber con der ent fer gra hol ing jor ket lan mer nor ous per quin ra ster tion ul ver wen xi yard zen ble cle dis ex",
  german: "an be chen der ent für ge heit ig keit lich mus nach ober pro rung schaft tät um ver wert zeit ös äu",
  russian: "ба во ге ди за ка ло ми ние ность об пере раз ство тель уч фор ция шен щик эк",
  greek: "αν βα γρα δι επ ζω θε κα λογ μετ νο ξε πρ ρη στη τικ φο χρ ση ια",
  arabic: "است تم من ال ات ين ون مت بر كت عل قد رس فع حم نظ شر",
  hebrew: "הת מת של ים ות כת לב מד נש סר פע קב רש תח",
  hindi: "अन आप का की ता ना पर प्र मा रा ला वि स सं हार त्व",
};

/** A vocabulary of `size` words whose frequencies fall as those of a language do (Zipf). */
function vocabularyOf(first: string, parts: string, size: number, random: Random): string[] {
  const words = first.split(" ");
  const pieces = parts.split(" ");
  const known = new Set(words);
  while (words.length < size) {
    const word = Array.from(
      { length: 2 + Math.floor(random() * 3) },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join("");
    if (known.has(word)) continue;
    known.add(word);
    words.push(word);
  }
  return words;
}

/** Ranks from 0 to `size` - 1, each about as often as 1 / (rank + 2). */
const zipf = (size: number, random: Random): number => Math.floor(2 * ((size / 2 + 1) ** random() - 1)) % size;

const hosts = ["github.com", "docs.example.org", "wiki.example.com", "grafana.example.net", "status.example.io"];
const hexOf = (random: Random, length: number) =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");

/** Chat as a company of many languages writes it. */
export class Corpus {
  readonly random: Random;
  readonly #spaced: [share: number, words: string[]][];
  readonly #unspaced: [share: number, pieces: string[]][];

  constructor(seed: number) {
    this.random = randomFrom(seed);
    const vocabulary = (language: keyof typeof common, size: number) =>
      vocabularyOf(common[language], syllables[language], size, this.random);
    this.#spaced = [
      [0.62, vocabulary("english", 60_000)],
      [0.08, vocabulary("german", 30_000)],
      [0.05, vocabulary("russian", 20_000)],
      [0.02, vocabulary("greek", 8000)],
      [0.03, vocabulary("arabic", 8000)],
      [0.02, vocabulary("hebrew", 4000)],
      [0.03, vocabulary("hindi", 8000)],
      [0.04, korean.split(" ")],
    ];
    this.#unspaced = [
      [0.03, unspaced.thai.split(" ")],
      [0.05, unspaced.chinese.split(" ")],
      [0.03, unspaced.japanese.split(" ")],
    ];
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }

  #length(): number {
    // Mostly short, sometimes long: a mean of fourteen words.
    return 1 + Math.floor(-13 * Math.log(1 - this.random() * 0.999));
  }

  /** One message. */
  text(): string {
    const { random } = this;
    let at = random();
    for (const [share, words] of this.#spaced) {
      if ((at -= share) >= 0) continue;
      const sentence = Array.from({ length: this.#length() }, () => words[zipf(words.length, random)]).join(" ");
      return `${sentence}${this.#extra()}`.slice(0, 1500);
    }
    for (const [share, pieces] of this.#unspaced) {
      if ((at -= share) >= 0) continue;
      return `${Array.from({ length: this.#length() }, () => this.#pick(pieces)).join("")}${this.#extra()}`.slice(
        0,
        1500,
      );
    }
    return this.#code();
  }

  /** What stands in chat beside sentences: links, addresses, identifiers. */
  #extra(): string {
    const kind = this.random();
    if (kind < 0.05)
      return ` https://${this.#pick(hosts)}/${hexOf(this.random, 8)}?id=${Math.floor(this.random() * 1e6)}`;
    if (kind < 0.07) return ` 10.${[0, 0, 0].map(() => Math.floor(this.random() * 256)).join(".")}`;
    if (kind < 0.09) return ` ${hexOf(this.random, 40)}`;
    if (kind < 0.11) return ` PROJ-${Math.floor(this.random() * 20_000)}`;
    return "";
  }

  #code(): string {
    const name = `${this.#pick(["get", "set", "find", "load"])}_${hexOf(this.random, 4)}`;
    return `\`\`\`\nconst ${name} = async (id: string) => {\n  await db.${this.#pick(["users", "orders", "files"])}.findOne({ _id: id }); // ${Math.floor(this.random() * 1e5)}\n};\n\`\`\``;
  }
}
