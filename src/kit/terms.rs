//! 用词: the words that offices have for what the regime speaks of (study/domain.md §3): forms of
//! work (院党委会 is a 局党组会), bodies (院党委), groups (各科室), kinds of units, posts.
//!
//! A word is looked up as it ends: 2024年第三次县公路中心党组会 is a 局党组会 because it ends in one,
//! unless a word before it turns it into a topic (传达县委常委会精神).

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::words::Word;
use crate::contract::heading;

/// The words of a kit, those that a unit added among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// By bare word, the forms that it stands for; the first whose holder fits is meant.
    pub(super) forms: BTreeMap<String, Vec<FormWord>>,
    /// Words behind which no form is what was done: 未, 拟, 取消, 迎接.
    pub(super) never_after: Vec<String>,
    /// Words behind which a meeting of a body is what was talked about: 传达, 学习.
    pub(super) topics: Vec<String>,
    /// The forms that are meetings of a body.
    pub(super) meetings: Vec<String>,
    /// What may stand behind a form and says nothing: 活动, 记录.
    pub(super) endings: Vec<String>,
    /// Words for the bodies of a unit.
    pub(super) bodies: BTreeMap<String, Body>,
    /// Words for several at once.
    pub(super) groups: BTreeMap<String, Group>,
    /// Words for kinds of units, and the kind's own word.
    pub(super) kinds: BTreeMap<String, String>,
    /// Words for 党组职务, and the post's own word.
    pub(super) posts: BTreeMap<String, String>,
    /// Titles that stand before or behind a name, longest first.
    pub(super) titles: Vec<String>,
    /// Forms that say nothing of what was done: 其他.
    pub(super) vague: Vec<String>,
    /// What binds a name in 工作内容 to an act.
    pub acts: Vec<Act>,
    /// Words that make no act of what stands behind them in the clause: 拟, 要求, 传达.
    pub not_acts: Vec<String>,
}

/// Words that bind the names between them to an act: 到…督促检查.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// What the names are then.
    pub role: ActRole,
    /// The forms of work that it is; any where empty. Of a vague form it makes the first.
    pub forms: Vec<String>,
    /// Words right before the names; none where the names stand right before `after`.
    pub before: Vec<String>,
    /// Words behind the names.
    pub after: Vec<String>,
}

/// What a name is in an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActRole {
    /// 对象单位.
    Target,
    /// 参加领导.
    Attendees,
    /// 主持人.
    Chair,
    /// 报送对象: any words.
    Recipient,
}

impl Word for ActRole {
    const NAME: &'static str = "认作哪一列";
    const WORDS: &'static [(&'static str, Self)] = &[
        (heading::TARGET, Self::Target),
        (heading::ATTENDEES, Self::Attendees),
        (heading::CHAIR, Self::Chair),
        (heading::REPORTED_TO, Self::Recipient),
    ];
}

/// A form that a word stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FormWord {
    /// The form, one of [`super::Regime::forms`].
    pub(super) form: String,
    /// Only in rows of these; anybody's where empty.
    pub(super) holders: Vec<Holder>,
    /// Whether the word must stand alone: 会议 says who met only with nothing before it.
    pub(super) alone: bool,
}

/// Whose row it is, as far as that decides what a form means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// 局党组.
    PartyGroup,
    /// 领导小组.
    LeadingGroup,
    /// 检查组.
    Inspectors,
    /// A leader.
    Leader,
    /// A section or station.
    Unit,
    /// A branch.
    Branch,
}

impl Word for Holder {
    const NAME: &'static str = "谁的记录";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("局党组", Self::PartyGroup),
        ("领导小组", Self::LeadingGroup),
        ("检查组", Self::Inspectors),
        ("班子成员", Self::Leader),
        ("站股室", Self::Unit),
        ("支部", Self::Branch),
    ];
}

/// A body of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// 局党组; 党委 where the unit has one.
    PartyGroup,
    /// 领导小组.
    LeadingGroup,
    /// 检查组.
    Inspectors,
    /// 局办公室: the unit of that kind.
    Office,
}

impl Word for Body {
    const NAME: &'static str = "机构";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("局党组", Self::PartyGroup),
        ("领导小组", Self::LeadingGroup),
        ("检查组", Self::Inspectors),
        ("局办公室", Self::Office),
    ];
}

/// Several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 班子成员.
    Leaders,
    /// 各股室: every unit but branches.
    Units,
    /// 各支部.
    Branches,
    /// 各单位: units and branches.
    All,
}

impl Word for Group {
    const NAME: &'static str = "统称";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("班子成员", Self::Leaders),
        ("各站股室", Self::Units),
        ("各支部", Self::Branches),
        ("各单位", Self::All),
    ];
}

/// What separates forms in a cell that names several.
const SEPARATORS: [char; 9] = ['、', '，', ',', '；', ';', '/', '+', '和', '\n'];

/// The longest text, in characters, that is looked at as a form.
const LONGEST: usize = 40;

impl Terms {
    /// What a text under 形式 stands for, in a row of this holder; of several, the first that is
    /// understood.
    pub fn form(&self, typed: &str, of: Option<Holder>) -> Option<&str> {
        if typed.chars().take(LONGEST + 1).count() > LONGEST {
            return None;
        }
        let parts = std::iter::once(typed).chain(typed.split(SEPARATORS));
        parts.filter_map(|part| self.one_form(&self.bare(part), of)).next()
    }

    /// What a bare text stands for: the longest known word that it ends in.
    fn one_form(&self, text: &str, of: Option<Holder>) -> Option<&str> {
        text.char_indices().find_map(|(at, _)| {
            let (before, rest) = text.split_at(at);
            let has = |words: &[String]| words.iter().any(|word| before.contains(word.as_str()));
            let found = self.forms.get(rest)?.iter().filter(|word| !word.alone || at == 0);
            let fits = |word: &&FormWord| of.is_some_and(|of| word.holders.contains(&of));
            let any = |word: &&FormWord| word.holders.is_empty();
            let found = found.clone().find(fits).or_else(|| found.clone().find(any))?;
            let spoken_of = self.meetings.contains(&found.form) && has(&self.topics);
            (!spoken_of && !has(&self.never_after)).then_some(found.form.as_str())
        })
    }

    /// A form without number and ending, as it is looked up: 第3次党委（扩大）会议 is 党委扩大会.
    pub(super) fn bare(&self, text: &str) -> String {
        let mut bare = without_ordinals(&squeezed(text));
        while let Some(rest) = self
            .endings
            .iter()
            .filter_map(|ending| bare.strip_suffix(ending.as_str()))
            .find(|rest| rest.chars().count() >= 2)
        {
            bare = rest.to_owned();
        }
        match bare.strip_suffix("会议") {
            Some(rest) => format!("{rest}会"),
            None => bare,
        }
    }

    /// The body that a word names.
    pub fn body(&self, word: &str) -> Option<Body> {
        self.bodies.get(&squeezed(word)).copied()
    }

    /// The words for a body.
    pub fn words_for(&self, body: Body) -> impl Iterator<Item = &str> {
        let of = self.bodies.iter().filter(move |(_, of)| **of == body);
        of.map(|(word, _)| word.as_str())
    }

    /// The group that a word names.
    pub fn group(&self, word: &str) -> Option<Group> {
        self.groups.get(&squeezed(word)).copied()
    }

    /// The word of the kind of unit that a word names: 股室 for 科室.
    pub fn kind(&self, word: &str) -> Option<&str> {
        self.kinds.get(&squeezed(word)).map(String::as_str)
    }

    /// The word of the post in the party group that a word names: 书记 for 党委书记.
    pub fn post(&self, word: &str) -> Option<&str> {
        self.posts.get(&squeezed(word)).map(String::as_str)
    }

    /// The words for a post in the party group.
    pub fn words_for_post(&self, post: &str) -> impl Iterator<Item = &str> {
        let of = self.posts.iter().filter(move |(_, of)| *of == post);
        of.map(|(word, _)| word.as_str())
    }

    /// Whether a form says nothing of what was done.
    pub fn is_vague(&self, form: &str) -> bool {
        self.vague.iter().any(|vague| vague == form)
    }

    /// Titles, longest first.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.titles.iter().map(String::as_str)
    }

    /// Adds the forms of a regime: each means itself, whatever else it may stand for in some rows.
    pub(super) fn add_forms(&mut self, forms: &[String]) {
        for form in forms {
            let of = self.forms.entry(self.bare(form)).or_default();
            if !of.iter().any(|word| word.holders.is_empty()) {
                of.push(FormWord { form: form.clone(), holders: Vec::new(), alone: false });
            }
        }
    }

    /// Lays a unit's own words over these: a word that both have means what the unit says.
    pub(super) fn extend(&mut self, own: Self) {
        let Self { forms, never_after, topics, meetings, endings, bodies, groups, .. } = own;
        let (kinds, posts, titles) = (own.kinds, own.posts, own.titles);
        self.vague.extend(own.vague);
        self.acts.extend(own.acts);
        self.not_acts.extend(own.not_acts);
        self.forms.extend(forms);
        self.never_after.extend(never_after);
        self.topics.extend(topics);
        self.meetings.extend(meetings);
        self.endings.extend(endings);
        self.bodies.extend(bodies);
        self.groups.extend(groups);
        self.kinds.extend(kinds);
        self.posts.extend(posts);
        self.titles.extend(titles);
        self.titles.sort_by_key(|title| std::cmp::Reverse(title.chars().count()));
    }
}

/// A word for comparison: width, blanks, brackets and quotes taken out.
pub(super) fn squeezed(text: &str) -> String {
    let marks = "()[]{}〔〕【】《》〈〉「」“”‘’\"'*:·.-—";
    text.nfkc().filter(|c| !c.is_whitespace() && !marks.contains(*c)).collect()
}

/// A text without 第…次, 2024年, 3月: what numbers it.
fn without_ordinals(text: &str) -> String {
    const NUMERALS: &str = "0123456789一二三四五六七八九十百〇零两";
    const COUNTED: &str = "次期届场批讲轮季度年月日份个回";
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '第' && !c.is_ascii_digit() {
            out.push(c);
            continue;
        }
        let mut taken = String::from(c);
        while let Some(next) = chars.next_if(|next| NUMERALS.contains(*next)) {
            taken.push(next);
        }
        let mut counted = false;
        while chars.next_if(|next| COUNTED.contains(*next)).is_some() {
            counted = true;
        }
        // 第一党支部 is a name.
        if !counted {
            out.push_str(&taken);
        }
    }
    out
}
