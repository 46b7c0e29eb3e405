//! What a column means to the program beyond its text: whose row it says it is, whom it names,
//! when something was, what numbers the row. Reading, index, fields and messages follow it.

use super::ColumnKind;

/// What the cells of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Words in short.
    Text,
    /// Whole sentences.
    Prose,
    /// Whole sentences that tell best what the row is.
    Telling,
    /// Text that must not turn into a number.
    Code,
    /// Numbers the rows of its sheet: no number twice.
    RowNumber,
    /// A running number; alone it makes no record.
    Sequence,
    /// A whole number.
    Count,
    /// A number.
    Figure,
    /// A date.
    Date,
    /// A date; a stretch of days typed there fills the next column, its end, as well.
    Start,
    /// The first day of a term; the next column has the last.
    From,
    /// The last day of a term.
    Until,
    /// A year, half, quarter or month.
    Stretch,
    /// A day or 立行立改, 长期坚持.
    Deadline,
    /// What proves the work: the assessment asks for it (K06).
    Evidence,
    /// Groups of people; a name in it is not repeated in a message.
    Askers,
    /// Names of persons who need not be on a roster.
    Person,
    /// Who answers for it in person: known, and in post if a leader (K07).
    InCharge,
    /// A leader who answers for it.
    Lead,
    /// The person the row is about.
    Name,
    /// The unit the row is about.
    Unit,
    /// Units that a leader supervises.
    Supervised,
    /// Whose duty it is.
    Holder,
    /// Whose paper, or whose confirmation, it is; 班子 is the party group.
    Whose,
    /// Units (or leaders) that work was done at.
    Target,
    /// Who was assessed or criticised.
    About,
    /// Whom an opinion concerns.
    Concerned,
    /// Who criticises.
    Critic,
    /// The leader who presides, or who talks to another.
    Chair,
    /// The leaders who attended.
    Attendees,
    /// The unit that runs it.
    Host,
    /// The unit that puts it right.
    Owner,
    /// The unit that fills the row in.
    FilledBy,
}

impl Role {
    /// Roles of those who fill a row in, the most telling first.
    pub const FILLING_IN: [Self; 5] =
        [Self::FilledBy, Self::Owner, Self::Host, Self::Holder, Self::Whose];

    /// What is written in a free column of this role.
    pub(super) const fn kind(self) -> ColumnKind {
        if matches!(self, Self::Date | Self::Start | Self::From | Self::Until) {
            ColumnKind::Day
        } else if matches!(self, Self::Count | Self::Figure) {
            ColumnKind::Number
        } else if matches!(self, Self::Code | Self::RowNumber | Self::Sequence) {
            ColumnKind::Code
        } else {
            ColumnKind::Text
        }
    }

    /// Who may be meant by a name in it; nobody where it names no subject of the roster.
    pub fn names(self) -> Option<Who> {
        match self {
            Self::Name | Self::Chair | Self::Attendees | Self::Lead => Some(Who::Leaders),
            Self::Unit | Self::Supervised => Some(Who::Units),
            Self::Target => Some(Who::Anyone),
            Self::Holder
            | Self::Whose
            | Self::About
            | Self::Concerned
            | Self::Critic
            | Self::Host
            | Self::Owner
            | Self::FilledBy => Some(Who::AnyoneOrGroup),
            Self::Text
            | Self::Prose
            | Self::Telling
            | Self::Code
            | Self::RowNumber
            | Self::Sequence
            | Self::Count
            | Self::Figure
            | Self::Date
            | Self::Start
            | Self::From
            | Self::Until
            | Self::Stretch
            | Self::Deadline
            | Self::Evidence
            | Self::Askers
            | Self::Person
            | Self::InCharge => None,
        }
    }

    /// Whether it holds names of persons, in which blanks mean nothing.
    pub fn is_person(self) -> bool {
        self.names() == Some(Who::Leaders) || matches!(self, Self::Person | Self::InCharge)
    }

    /// Whether the row is one of those it names: it shows in their papers.
    pub fn makes_own(self) -> bool {
        self.names().is_some()
            && !matches!(self, Self::Lead | Self::Critic | Self::Owner | Self::FilledBy)
    }
}

/// Who may be meant by a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A leader.
    Leaders,
    /// A unit.
    Units,
    /// Everyone on the roster and every body of the bureau.
    Anyone,
    /// The same, and 班子 is the party group.
    AnyoneOrGroup,
}
