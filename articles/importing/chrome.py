"""What news sites print around an article, in Arabic and English: whole lines, recognised by their words.

Precise rather than greedy: a line is chrome only when all of it is. Phrases are written as sites print them and compared
folded (see `plain`), so «إقرأوا أيضاً:», «اقرأوا ايضا» and «إقرأوا أيضًا» are one.
"""

from __future__ import annotations

import re
from typing import Final

from newsroom.text.fold import fold

LONGEST_CHROME_LINE = 240
LONGEST_PHRASE_WORDS = 25

# What site software leaves in pages: names of trackers, and script that should not have become text.
_TRACKER = re.compile(
    r"""(?ix) \A (?:
        fbpx | \(?adsbygoogle\b.* | gtag\(.* | fbq\(.* | ga\(['"].* | dataLayer\.push\(.* | googletag\..*
        | (?:window\.)?_(?:taboola|gaq|paq)\b.* | var\s+_\w+\s*=.* | window\.\w+\s*=.* | !?function\s*\([\w,\s]*\)\s*\{.*
        | document\.(?:write|getElementById)\(.* | \(function\s*\(.*
    ) \Z"""
)
_SHORTCODE_NAMES = "caption|gallery|embed|audio|video|playlist|contact-form|contact-form-7|vc_row|vc_column|et_pb_section|ad|ads|adrotate"
# [sic], [1] and [the minister] are prose: a shortcode has an attribute, an underscore, or is a known one.
SHORTCODE: Final = re.compile(
    rf"""(?x) \[ /? (?:
        [a-zA-Z][\w-]* (?: \s+ [\w-]+ \s* = \s* (?: "[^"\[\]]*" | '[^'\[\]]*' | [^\s"'\[\]]+ ) )+ \s* /?
        | [a-zA-Z]+ _ \w+ (?: \s [^\[\]\n]{{0,200}} )?
        | (?: {_SHORTCODE_NAMES} )
    ) \]"""
)

_GENDER = re.compile(r"\((?:ي|وا|ن)\)|/(?:ي|وا|ن)\b")
_NOT_A_WORD = re.compile(r"[^\w*©]+")


def plain(line: str) -> str:
    """The folded words of a line with one space between them and without punctuation."""
    return _NOT_A_WORD.sub(" ", fold(_GENDER.sub("", line))).strip()


def _phrases(text: str) -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in text.replace("\n", "|").split("|") if phrase.strip())


# A line that is one of these, whatever stands around it.
_LINES: Final = {
    "related": _phrases("""
        اقرأ أيضا | اقرأوا أيضا | اقرؤوا أيضا | اقرئي أيضا | واقرأ أيضا | اقرأ كذلك | اقرأ المزيد | اقرأ أكثر | اقرأ أيضا في
        شاهد أيضا | شاهدوا أيضا | طالع أيضا | طالعوا أيضا | تابع أيضا | انظر أيضا | إقرأ عن ذلك | اقرأ في الموقع
        مقالات ذات صلة | مقالات متعلقة | مقالات مشابهة | مقالات مرتبطة | مقالات أخرى | مواضيع ذات صلة | مواضيع متعلقة
        مواضيع مشابهة | موضوعات ذات صلة | موضوعات متعلقة | موضوعات مرتبطة | أخبار ذات صلة | أخبار متعلقة | أخبار مشابهة
        أخبار مرتبطة | ذات صلة | محتوى ذو صلة | قصص ذات صلة | تقارير ذات صلة | فيديوهات ذات صلة | روابط ذات صلة
        قد يهمك | قد يهمك أيضا | قد يعجبك | قد يعجبك أيضا | قد تهمك أيضا | ربما يعجبك أيضا | ربما يهمك
        اخترنا لك | اخترنا لكم | نرشح لك | من نفس الكاتب | للكاتب نفسه | المزيد من الأخبار | مزيد من الأخبار | مواد ذات صلة
        read also | also read | read more | see also | read next | related | related articles | related stories
        related posts | related news | related topics | related content | related reading | related coverage | more on this story
        more from this author | more like this | you may also like | you might also like | you may be interested in
        recommended | recommended for you | recommended stories | recommended reading | recommended articles | don't miss
        further reading on this site | more stories | more news | more from our site | keep reading | what to read next
    """),
    "most-read": _phrases("""
        الأكثر قراءة | الأكثر مشاهدة | الأكثر تداولا | الأكثر تعليقا | الأكثر مشاركة | الأكثر شعبية | الاكثر قراءة اليوم
        الأخبار الأكثر قراءة | المقالات الأكثر قراءة | آخر الأخبار | أحدث الأخبار | أحدث المقالات | آخر المقالات
        most read | most popular | most viewed | most shared | most commented | trending | trending now | trending stories
        popular stories | latest news | latest stories | latest articles | top stories | recent posts | popular posts
    """),
    "comment-form": _phrases("""
        اترك تعليقا | اترك تعليقك | أترك تعليقا | اترك ردا | اترك رد | أضف تعليقا | أضف تعليق | أضف تعليقك | أضف ردا
        اكتب تعليقا | اكتب تعليقك | شاركنا تعليقك | اترك تعليقا إلغاء الرد | اترك رداً إلغاء الرد | إلغاء الرد | إرسال التعليق
        نشر التعليق | لن يتم نشر عنوان بريدك الإلكتروني | لن يتم نشر عنوان بريدك الإلكتروني الحقول الإلزامية مشار إليها بـ *
        الحقول الإلزامية مشار إليها بـ * | التعليق * | الاسم * | البريد الإلكتروني * | بريدك الإلكتروني * | لا توجد تعليقات
        احفظ اسمي، بريدي الإلكتروني، والموقع الإلكتروني في هذا المتصفح لاستخدامها المرة المقبلة في تعليقي
        التعليقات مغلقة | يجب أنت تكون مسجل الدخول لتضيف تعليقا | يجب أن تكون مسجل الدخول لتضيف تعليقا | كن أول من يعلق
        leave a reply | leave a comment | leave a reply cancel reply | cancel reply | add a comment | post a comment
        post comment | submit comment | write a comment | join the conversation | be the first to comment | no comments
        no comments yet | comments are closed | your email address will not be published
        your email address will not be published required fields are marked * | required fields are marked *
        save my name, email, and website in this browser for the next time I comment | you must be logged in to post a comment
        comment * | name * | email * | your comment * | log in to comment | sign in to comment | view comments | show comments
    """),
    "back-to-top": _phrases("""
        زر الذهاب إلى الأعلى | الذهاب إلى الأعلى | العودة إلى الأعلى | العودة للأعلى | الرجوع إلى الأعلى | إلى الأعلى
        العودة إلى أعلى الصفحة | الرجوع لأعلى | back to top | scroll to top | go to top | return to top | back to top button
    """),
    "share": _phrases("""
        شارك هذا المقال | شارك المقال | شارك الخبر | شارك هذا الخبر | شارك الموضوع | شاركها | شارك على فيسبوك | شارك على تويتر
        شارك عبر | مشاركة المقال | مشاركة الخبر | انشر المقال | نسخ الرابط | انسخ الرابط | تم نسخ الرابط | شارك عبر البريد
        مشاركة عبر البريد | مشاركة عبر البريد الإلكتروني | طباعة المقال | احفظ المقال | حفظ المقال | شارك على واتساب
        share this article | share this story | share this post | share this page | share this | share on facebook
        share on twitter | share on x | share on whatsapp | share via email | share with friends | share article | copy link
        link copied | copy link to clipboard | print this article | email this article | tweet this | save article | save this story
    """),
    "advertisement": _phrases("""
        إعلان | إعلانات | مساحة إعلانية | محتوى إعلاني | يستمر المقال بعد الإعلان | يتبع بعد الإعلان | المحتوى يستمر بعد الإعلان
        advertisement | advertisements | advertising | article continues below advertisement | story continues below advertisement
        story continues below this ad | article continues after advertisement | advertisement continue reading below
        continue reading below | scroll to continue | sponsored content | paid content | skip advertisement
    """),
    "player": _phrases("""
        استمع إلى المقال | استمع للمقال | استمع إلى الخبر | الاستماع إلى المقال | مشاهدة الفيديو
        listen to this article | listen to article | listen to the story | play video | watch video | loading the player
        your browser does not support the audio element | your browser does not support the video tag
        المتصفح لا يدعم تشغيل الفيديو
    """),
    "navigation": _phrases("""
        تخطي إلى المحتوى | تخطى إلى المحتوى | تخطي إلى المحتوى الرئيسي | انتقل إلى المحتوى | الانتقال إلى المحتوى
        انتقل إلى المحتوى الرئيسي | القائمة الرئيسية | تصفح المقالات | المقال السابق | المقال التالي | الخبر السابق | الخبر التالي
        skip to content | skip to main content | skip to navigation | toggle navigation | open menu | close menu | main menu
        post navigation | previous article | next article | previous post | next post
        الرجاء تفعيل جافا سكريبت | please enable javascript | javascript is disabled in your browser
    """),
    "subscription": _phrases("""
        اشترك الآن | اشترك في النشرة البريدية | اشترك في نشرتنا | اشترك في نشرتنا البريدية | النشرة البريدية | سجل الآن
        انضم إلى قناتنا | انضم إلينا | تابعنا | تابعونا | تابعنا على | تابعونا على | تابعنا عبر
        subscribe | subscribe now | sign up | sign up now | subscribe to our newsletter | newsletter | sign up for our newsletter
        subscribe to continue reading | already a subscriber | already a subscriber log in | follow us | follow us on | join our newsletter
        support our journalism | become a member
    """),
    "cookie-notice": _phrases("""
        قبول جميع ملفات الارتباط | قبول الكل | accept all cookies | accept all | reject all | manage cookies
        cookie settings | cookie preferences
    """),
}  # fmt: skip

# These words can also be a cross-heading or an answer: chrome only beside other chrome.
_LINES_BESIDE_CHROME: Final = {
    "share": _phrases("""
        شارك | مشاركة | انشر | طباعة | فيسبوك | تويتر | واتساب | تلغرام | تيليغرام | لينكد إن | بنترست | ماسنجر | انستغرام
        بريد إلكتروني | البريد الإلكتروني | مشاركات | share | shares | tweet | facebook | twitter | x | whatsapp | telegram
        linkedin | pinterest | reddit | messenger | email | print | instagram | youtube | save | bluesky | threads | tumblr
        flipboard | bookmark | google news | rss | يوتيوب | نبض | قوقل نيوز
    """),
    "comment-form": _phrases("""
        التعليق | الاسم | الموقع | الموقع الإلكتروني | التعليقات | تعليقات | تعليق | إرسال | comment | comments | name | website
        reply | submit | send | your name | your email | url
    """),
    "navigation": _phrases("""
        الرئيسية | القائمة | بحث | البحث | إغلاق | السابق | التالي | المزيد | home | menu | search | close | previous | next | more
        log in | login | sign in | تسجيل الدخول | من نحن | اتصل بنا | about us | contact us | privacy policy | سياسة الخصوصية
        terms of use | terms of service | شروط الاستخدام | tags | الوسوم
    """),
    "subscription": _phrases("اشترك | ok | موافق | email address | your email address | عنوان البريد الإلكتروني"),
}  # fmt: skip

# Rubrics above a headline. «الشرق الأوسط» here is a rubric and names no newspaper.
SECTIONS: Final = _phrases("""
    الرئيسية | أخبار | الأخبار | سياسة | سياسي | أخبار سياسية | شؤون سياسية | اقتصاد | أخبار اقتصادية | اقتصاد وأعمال | مال وأعمال
    رياضة | أخبار رياضية | ثقافة | ثقافة وفن | ثقافة وفنون | فن | فنون | فن ومشاهير | منوعات | مجتمع | صحة | علوم | علوم وتكنولوجيا
    تكنولوجيا | تقنية | رأي | آراء | آراء ومقالات | مقالات | مقالات رأي | مقال رأي | افتتاحية | تحليل | تحليلات | تحقيق | تحقيقات
    تقارير | تقرير | تقارير خاصة | حوارات | مقابلات | ملفات | ملفات ساخنة | دراسات | بورتريه | شخصيات | قضايا | حوادث
    أمن | أمن وقضاء | أمنية | أخبار أمنية | محليات | أخبار محلية | محلي | عربي | عربي ودولي | عربي وعالمي | عربية ودولية | دولي
    دوليات | أخبار دولية | أخبار عربية | أخبار عالمية | أخبار العالم | العالم | العالم العربي | الوطن العربي | الشرق الأوسط
    شرق أوسط | شمال أفريقيا | الخليج | الخليج العربي | المغرب العربي | آسيا | أفريقيا | أوروبا | أميركا | أمريكا | إيران | تركيا
    العراق | أخبار العراق | سوريا | لبنان | فلسطين | الأردن | مصر | السعودية | اليمن | ليبيا | السودان | تونس | الجزائر | المغرب
    بغداد | كردستان | إقليم كردستان | عاجل | خبر عاجل | أخبار عاجلة | خاص | حصري | مميز | أهم الأخبار | غير مصنف | أخبار وتقارير
    home | news | world | world news | politics | business | economy | markets | sport | sports | culture | arts | lifestyle
    opinion | opinions | editorial | analysis | commentary | comment | features | feature | investigation | investigations
    interview | interviews | reports | special reports | special report | in depth | explainer | explainers | profile | profiles
    middle east | middle east and north africa | mena | africa | asia | europe | americas | us | us news | uk | uk news
    international | local | local news | science | technology | tech | health | environment | society | breaking | breaking news
    exclusive | iraq | iran | syria | lebanon | security | uncategorized | top news | latest
""")

_CHANNEL = re.compile(
    r"\b(?:ال|لل|بال)?(?:"
    r"واتساب|واتس|تلغرام|تليغرام|تليجرام|تيليغرام|تيليجرام|تلجرام|فيسبوك|فيس بوك|تويتر|انستغرام|انستجرام|انستاغرام|يوتيوب"
    r"|تيك توك|نبض|غوغل نيوز|جوجل نيوز|قوقل نيوز|اخبار غوغل|اخبار جوجل|نشره البريديه|نشره|نشرتنا|قناتنا|قنواتنا|صفحتنا|صفحاتنا"
    r"|حسابنا|حساباتنا|تطبيقنا|تطبيق|بريدك"
    r"|newsletters?|whatsapp|telegram|facebook|twitter|instagram|youtube|tiktok|linkedin|bluesky|app|channels?|inbox"
    r"|podcasts?|alerts|notifications|google news|google play|app store|e mail|email"
    r")\b"
)
# Somebody is told to do something, and the site speaks of itself or of a link: «تابعونا على …», "Sign up … here".
_ARABIC_CALL = re.compile(
    r"\A(?:ل?لمزيد .{0,80})?(?:تابعونا|تابعنا|شاركونا|راسلونا|تواصلوا معنا|"
    r"(?:تابعوا|تابع|اشتركوا|اشترك|انضموا|انضم|حملوا|حمل|سجلوا|سجل|اضغطوا|اضغط|انقروا|انقر|لتلقي|لمتابعه|للاشتراك|للانضمام"
    r"|لتحميل|لمتابعتنا|للحصول|كونوا|كن)\b.*\b(?:هنا|الرابط|الينا|معنا|لدينا|مجانا|\w{3,}تنا|\w{3,}اتنا|حسابنا|تطبيقنا|موقعنا))(?:\b|\Z)"
)
_ENGLISH_CALL = re.compile(
    r"\A(?:follow|join|like|find|add) us\b|\A(?:click|tap) (?:here|to subscribe|to join)\b"
    r"|\A(?:subscribe|sign up|download|install|get|receive|join|follow|listen|watch|register|for more)\b.*\b(?:our|us|here|free|now|today|app)\b"
)
_COPYRIGHT = re.compile(
    r"\A(?:©|copyright (?:©|\d{4})|حقوق (?:النشر|الطبع)(?: والنشر)? (?:محفوظه|©|\d{4})|جميع الحقوق محفوظه|كل الحقوق محفوظه|all rights reserved)"
    r"|(?:all rights reserved|جميع الحقوق محفوظه|كل الحقوق محفوظه)\Z"
)
_COOKIES = re.compile(
    r"\A(?:we use cookies|this (?:web)?site uses cookies|by continuing to (?:use|browse) (?:this|our) (?:web)?site"
    r"|نستخدم ملفات تعريف الارتباط|يستخدم هذا الموقع ملفات|هذا الموقع يستخدم ملفات)"
)
_READING_TIME = re.compile(
    r"\A(?:\d{1,3} ?(?:min|mins|minutes?) read|reading time \d{1,3} ?(?:min|mins|minutes?)|estimated reading time .{1,20}"
    r"|(?:مده|وقت|زمن) القراءه .{1,20}|\d{1,3} (?:دقيقه|دقائق) (?:قراءه|للقراءه)|[\d ]{1,12} (?:مشاهده|مشاهدات|قراءه|views))\Z"
)
_RELATED_OPENING = re.compile(r"\A[^:：]{3,40}[:：]\s*(?=\S)")
_TAGS_OPENING = re.compile(
    r"(?i)\A(?:tags|tagged(?: with)?|keywords|filed under|الوسوم|وسوم|كلمات مفتاحي[ةه]|كلمات دلالي[ةه]|الكلمات (?:المفتاحي[ةه]|الدلالي[ةه]))\s*[:：]"
)
_BREADCRUMB = re.compile(r"\s*[/›»>|\\←‹«]\s*")
_OPENS_QUOTATION = "\"“”«'‘"


def kind_of_line(line: str) -> str:
    """The kind of chrome the line is by its own words, or an empty string."""
    if _TRACKER.match(line):
        return "tracker"
    if len(line) > LONGEST_CHROME_LINE:
        return ""
    if SHORTCODE.fullmatch(line):
        return "shortcode"
    words = plain(line)
    own = next((kind for kind, phrases in _LINES.items() if words in phrases), "")
    if own or line[0] in _OPENS_QUOTATION:
        return own
    return "related" if _is_related_with_headline(line) else _kind_by_pattern(words)


def kind_beside_chrome(line: str) -> str:
    """The kind of chrome the line is where it stands beside other chrome, or an empty string."""
    if len(line) > 60:
        return ""
    words = plain(line)
    return next((kind for kind, phrases in _LINES_BESIDE_CHROME.items() if words in phrases), "")


def is_section_label(line: str) -> bool:
    """True for a rubric («العراق», "World") and for a trail of rubrics («الرئيسية / أخبار / العراق»)."""
    if len(line) > 120:
        return False
    if plain(line) in SECTIONS:
        return True
    parts = [plain(part) for part in _BREADCRUMB.split(line)]
    return (
        len(parts) > 1 and parts[0] in SECTIONS and sum(part in SECTIONS for part in parts) >= len(parts) / 2
    )


def is_tag_line(line: str) -> bool:
    """True for «الوسوم: …» and "Tags: …"; only trust it below the article."""
    return len(line) <= LONGEST_CHROME_LINE and bool(_TAGS_OPENING.match(line))


def _is_related_with_headline(line: str) -> bool:
    """«اقرأ أيضاً: عنوان مقال آخر»: the phrase, a colon and a headline in one line."""
    opening = _RELATED_OPENING.match(line)
    if not opening or line.rstrip().endswith((".", "،", ":")):
        return False
    phrase = plain(opening.group())
    # "Related: " and "Recommended: " may open a sentence of a list; the phrases with a verb do not.
    return (
        phrase in _LINES["related"] and phrase not in {"related", "recommended"} and len(line.split()) <= 30
    )


def _kind_by_pattern(words: str) -> str:
    if _READING_TIME.match(words):
        return "reading-time"
    if _COOKIES.match(words):
        return "cookie-notice"
    if len(words.split()) > LONGEST_PHRASE_WORDS:
        return ""
    if _COPYRIGHT.search(words):
        return "copyright"
    if (_ARABIC_CALL.match(words) or _ENGLISH_CALL.match(words)) and _CHANNEL.search(words):
        return "promotion"
    return ""
