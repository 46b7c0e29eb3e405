//! The one table of codes. One letter a stage; a code is never reused for another meaning.
//!
//! `shuzhi explain CODE` prints from it. `tests/house.rs` asks that each code is explained,
//! made in its stage alone, and shown by a case.

/// Which stage complains: the letter of its codes, and nothing else looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// F: files and workbooks.
    Files,
    /// L.
    Ledger,
    /// D: 责任清单, 版式, 文稿.
    Kit,
    /// A.
    Assessment,
    /// T.
    Template,
    /// R.
    Rendering,
    /// V.
    Review,
    /// P.
    Package,
    /// O: the run and what it writes.
    Output,
}

impl Stage {
    /// Evaluated at compile time: a code of no stage does not compile.
    const fn of(id: &str) -> Self {
        match id.as_bytes()[0] {
            b'F' => Self::Files,
            b'L' => Self::Ledger,
            b'D' => Self::Kit,
            b'A' => Self::Assessment,
            b'T' => Self::Template,
            b'R' => Self::Rendering,
            b'V' => Self::Review,
            b'P' => Self::Package,
            b'O' => Self::Output,
            _ => panic!("no stage has this letter"),
        }
    }
}

/// What a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something is entered wrong or cannot be read.
    Fault,
    /// Less was done than is required: content of the paper, never a fault (invariant 14).
    Shortfall,
    /// Worth knowing.
    Hint,
}

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// 提示.
    Info,
    /// 警告.
    Warning,
    /// 错误.
    Error,
}

/// One entry of the table.
#[derive(Debug, PartialEq)]
pub struct Code {
    /// `L101`.
    pub id: &'static str,
    /// Which stage it belongs to.
    pub stage: Stage,
    /// What it is about.
    pub kind: Kind,
    /// How loud, unless the complaint says otherwise.
    pub severity: Severity,
    /// Whether it holds back a final export.
    pub blocks: bool,
    /// The check of study/domain.md §4.3 it speaks for, e.g. `K01`.
    pub check: Option<&'static str>,
    /// A short Chinese title.
    pub title: &'static str,
    /// Why it is told and what to do, in Chinese, for `explain`.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($id:ident $kind:ident $severity:ident $blocks:literal $check:expr, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = $title]
            pub static $id: Code = Code {
                id: stringify!($id),
                stage: Stage::of(stringify!($id)),
                kind: Kind::$kind,
                severity: Severity::$severity,
                blocks: $blocks,
                check: $check,
                title: $title,
                explanation: $explanation,
            };
        )*
        /// Every code, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    // --- F: files and workbooks -------------------------------------------------------------
    F101 Fault Error true None, "文件不是表格",
        "文件打不开，或内容不是 Excel 工作簿。请在 WPS 或 Excel 中打开后另存为 .xlsx 再试。";
    F102 Fault Error true None, "文件是空的",
        "文件没有内容，多半是下载或拷贝中断。请向发来的人重新要一份。";
    F103 Fault Error true None, "文件不完整",
        "文件被截断或已损坏，读不到结尾。请重新下载或拷贝；能用 WPS 或 Excel 打开的，打开后另存一份。";
    F104 Fault Error true None, "旧版格式",
        "文件是 .xls、.et、.doc 等旧版格式。请用 WPS 或 Office 打开，另存为 .xlsx（模板另存为 .docx）再用。";
    F105 Fault Error true None, "文件有密码",
        "带打开密码的文件读不出内容，程序也不会去猜密码。请去掉打开密码，保存后再用。";
    F106 Fault Error true None, "网页或文本改名的表格",
        "有的系统导出的“Excel”其实是网页或文本，只是改了扩展名。请用 WPS 或 Excel 打开，另存为 .xlsx 再用。";
    F107 Fault Error true None, "还不能读的表格格式",
        "文件是 .ods、.xlsb 等格式，还不能直接读。请用 WPS 或 Excel 打开，另存为 .xlsx 再用。";
    F108 Fault Error true None, "文件过大",
        "文件解压后的内容超过上限。正常的台账到不了这么大，多半是图片或整行整列的格式。请把需要的工作表另存为新的文件。";
    F109 Fault Error true None, "文件部件过多",
        "文件内部的部件多得不正常。请用 WPS 或 Excel 打开，新建文件后粘贴内容再保存。";
    F110 Fault Error true None, "文件内部结构有误",
        "文件内部缺少必需的部分，或含有不允许的内容（如 DOCTYPE），程序不读这样的文件。请用 WPS 或 Excel 打开，另存一份再用。";
    F111 Fault Error true None, "读取时出现意外",
        "读表格的组件在这个文件上出了错，其他文件不受影响。请用 WPS 或 Excel 打开，另存一份再用；仍不行，请把文件发给开发者。";
    F120 Fault Error true None, "工作表读不出",
        "这张工作表的内容已损坏或写法不合规范，没有读；其他工作表不受影响。请用 WPS 或 Excel 打开，另存一份再用。";
    F121 Fault Error true None, "单元格编号越界",
        "工作表里有超出 XFD1048576 的单元格编号，正常的程序不会写出这样的文件，因此整张表没有读。请用 WPS 或 Excel 打开，另存一份再用。";
    F122 Fault Error true None, "单元格过多",
        "工作表里有内容的单元格超过上限，没有读。请删去多余的行列，或把需要的部分复制到新的工作簿。";
    F123 Fault Warning true None, "合并单元格过多",
        "合并的区域多得不正常，超出上限的按没有合并处理。请检查是否误把整列逐格合并。";
    F130 Fault Error true None, "没有这一天",
        "单元格是日期格式，但其中的数不是一个存在的日期（如 1900年2月29日，或超出 9999年）。请改成正确的日期。";
    F131 Fault Error true None, "数字精度已丢失",
        "超过15位的数字，表格软件只保留前15位，后面的已经变成0，原来的数字找不回来。编号、证件号要先把单元格设为文本，再重新填写。";
    F132 Fault Warning false None, "去掉了控制字符",
        "文字里有看不见的控制字符，写进 Word 会使文件打不开，已去掉。多半是从别的系统复制时带来的，请在单元格里重新键入。";
    F133 Fault Error true None, "文字过长",
        "一个单元格最多 32767 个字，超出的部分已去掉。请检查内容是否粘贴有误。";
    F134 Fault Error true None, "单元格读不出",
        "单元格的内容写法不合规范，没有读到。请用 WPS 或 Excel 打开，重新填写这一格后保存。";
    F135 Hint Info false None, "有看不见的或自造的字符",
        "文字里有零宽字符、方向控制符或自造字，看上去一样的名称会因此对不上，打印也可能变成方框。已照原样保留，请核对。";
    F136 Hint Info false None, "有隐藏的内容",
        "隐藏的（包括筛选掉的）行、列和工作表照常读取并计入。不想计入的，请删去，或移到别的工作簿。";

    // --- L: ledger --------------------------------------------------------------------------
    // L10x sheets and headings, L11x rows, L12x–L13x cells, L14x names, L15x–L16x what does not
    // fit together, L17x bureaus and their settings.
    L101 Hint Info false None, "不认识的工作表",
        "工作表的名称不在约定之内，没有读取。自己用的表可以留着；要读取的，改成约定的名称。";
    L102 Fault Warning false None, "工作表名称写错",
        "工作表的名称与约定的名称相近但不一样，里面也没有表格，没有读取。改成约定的名称即可读取。";
    L103 Fault Error true None, "没有表头",
        "约定的工作表里，前15行没有一行写着约定的列名。表头要写在一行里，上面可以有标题。";
    L104 Fault Warning false None, "列名重复",
        "同一张表里一个列名出现两次，只读前一列。请合成一列或改名，免得漏掉内容。";
    L105 Hint Info false None, "不认识的列",
        "列名与约定的列名相近但不一样，按自定义列保留。写错的改正；本来就是自己加的列，不用管。";
    L106 Fault Error true None, "缺少必需的列",
        "少了这一列，记录就不完整。请照空白台账的列名补上；列名写错的改正。";
    L107 Hint Info false None, "不读取的内容",
        "本程序只登记单位做了什么，不登记个人想什么、说什么。标为思想动态、言论、账号、信仰的列和表一律不读取。";
    L108 Hint Info false None, "不认识的项目",
        "“设置”或“民主生活会”里的项目与约定的项目相近但不一样，按自定义项目保留。写错的改正；本来就是自己加的项目，不用管。";
    L109 Hint Info false None, "跳过示例",
        "第一个有内容的格以“示例”开头的行是填写示例，不当作记录。";
    L110 Hint Info false None, "跳过合计",
        "合计、小计的行不是记录。数字由程序从各行算出，不用填的合计。";
    L111 Hint Info false None, "隐藏的行",
        "隐藏或筛选掉的行也算数，因为看不见不等于没有发生。不该算的行请删除。";
    L112 Fault Error true None, "错误值",
        "这一格的公式出错（如 #REF!、#N/A），没有值可读，按没有填处理。请改正公式或直接填上内容。";
    L113 Fault Error true None, "公式没有结果",
        "文件里只存了公式，没有存算出的值。用 WPS 或 Excel 打开、重新计算并保存后再试。";
    L114 Hint Info false None, "按别的列名读取",
        "列名是约定列名的常见别称，按约定的列读取。读对了不用管；不是这一列的，请换一个列名。";
    L115 Hint Info false None, "按列认出的工作表",
        "工作表的名称不在约定之内，但列名与约定的一张表相同，已按那一张读取。读对了不用管；不该读的，在工作表名称前面加“不读”。";
    L116 Fault Error true None, "有内容的工作表没有读取",
        "工作表里有内容，名称或列名像约定的一张表，又不能确定是哪一张，所以没有读取。是的话改成约定的名称；自己用的表，在工作表名称前面加“不读”，就不再提示。";
    L121 Fault Error true None, "必填的格空着",
        "少了这一格，这一行就用不上或说不清。请照原始记录补上。";
    L122 Fault Warning false Some("K37"), "没有日期",
        "没有日期的记录列出但不计数，因为说不清它属于哪一年、哪半年。请照原始记录补上，不要估计。";
    L123 Fault Error true None, "没有这一天",
        "日期写成了日历上没有的一天（如6月31日），按没有填处理。请照原始记录改正。";
    L124 Fault Error true None, "不是日期",
        "这一格读不出日期，按没有填处理。可写 2024-03-15、2024年3月15日、2024年3月、2024年上半年。";
    L125 Fault Error true None, "分不清的日期",
        "数字 2024.10 在表格里就是 2024.1，分不清是1月还是10月；4.10 就是 4.1，分不清是1日还是10日。按没有填处理。请把单元格设成文本或写成日期。";
    L126 Fault Warning false None, "两位年份",
        "年份只写了两位，按最近的世纪读取。请写成四位。";
    L127 Fault Warning false None, "日期没有年份",
        "日期没有写年份，按“设置”里的年度读取。跨年的记录容易读错，请补上年份。";
    L128 Fault Error true None, "日期没有年份可依",
        "日期没有写年份，“设置”里也没有年度，按没有填处理。请补上。";
    L129 Hint Info false None, "数字当作日期",
        "日期列里是一个数字，是没有设成日期格式的日期。已按日期读取，请核对。";
    L130 Fault Error true None, "不在可填的词里",
        "这一列只能填约定的词，别的词读不懂，按没有填处理。请从下拉中选。";
    L131 Fault Error true None, "不是数字",
        "这一列只填数字，如 12。约数和文字不能参加统计，按没有填处理。";
    L132 Fault Error true None, "不是某一天",
        "每月、每季度这样的说法不是一次工作的日期，按没有填处理。做了几次就记几行。";
    L133 Fault Error true None, "看不懂的时限",
        "整改时限要写日期，或者立行立改、长期坚持，也可以两样都写（2024年底前，并长期坚持）。";
    L134 Hint Info false None, "日期没有写到日",
        "任职、离任、启用、停用只写到月的，开始按当月第一天、结束按当月最后一天算。知道哪一天的请补上。";
    L135 Fault Error true None, "要写到日",
        "成文日期、应报日期要写到日，不能只写月份；没有写到日的按没有填处理。";
    L136 Hint Info false None, "只取开始的日期",
        "这一列只要一个日期，填了一段时间的，按开始的日期算。";
    L137 Fault Warning false None, "对象不止一个",
        "文种表一行只管一个对象的一份材料。几个对象请写几行。";
    L141 Fault Error true None, "名册里没有",
        "这个单位、支部或姓名在“单位名册”“班子成员”里都找不到。名称写成一样，或在名册的“简称”里登记常用的叫法。";
    L142 Fault Warning false None, "名称重复",
        "两个单位用了同一个名称或简称，或者一个人有两行，认名称时会认错。请区分开。";
    L143 Fault Warning false Some("K07"), "不在班子成员里",
        "写在领导位置上的姓名，班子成员表里没有。写错的改正；离任的领导也要留在班子成员表里，填离任时间。";
    L144 Fault Warning false Some("K07"), "不在任",
        "这一天这位领导还没有到任或已经离任。核对日期、姓名和任职、离任时间。";
    L145 Fault Warning false Some("K07"), "姓名不在名册里",
        "写在“领导小组”“责任人”里的姓名，班子成员、单位负责人、领导小组成员里都没有。写错的改正；人员变动了的，改为现在的责任人。";
    L147 Hint Info true None, "从工作内容认定的单位和人",
        "“对象单位”“参加领导”“主持人”“报送对象”空着，而“工作内容”里写明了到哪个单位检查、听取谁的汇报、谁主持、报给谁的，按所写的认定，草稿里照计。正式导出之前，请在相应的列填上；不要这样认的，在“设置”里把“按内容认定”写成“否”。";
    L151 Fault Error true None, "没有这个批次",
        "检查发现里的批次编号，在检查批次表里找不到。两处写成一样；不属于任何一批的留空，填问题来源。";
    L152 Fault Warning false Some("K36"), "编号重复",
        "编号是用来指认一行的，同一张表里不能用两次。";
    L153 Fault Warning false Some("K36"), "重复的行",
        "两行的日期、单位和内容都一样，多半是填了两次，只算一次；后一行里多填的格并入前一行。是同一件事的删去一行；不是的写清楚区别。";
    L154 Fault Warning false Some("K12"), "完成了没有完成时间",
        "整改状态是已完成，却没有写哪一天完成。照整改记录填完成时间。";
    L155 Fault Warning false Some("K12"), "没有完成就销号",
        "销号的前提是完成。核对整改状态和是否销号。";
    L156 Fault Warning false Some("K12"), "长期坚持的销了号",
        "长期坚持的事项没有完成的一天，不销号。";
    L157 Fault Warning false Some("K11"), "时限早于发现",
        "整改时限早于发现问题的日期，两个日期有一个写错了。";
    L158 Fault Warning false Some("K11"), "完成早于发现",
        "完成或销号的日期早于它前面的一步，两个日期有一个写错了。";
    L159 Fault Warning false Some("K11"), "晚于数据截止日",
        "数据截止日之后的事还没有发生，不能写成已经完成。核对日期，或更新数据截止日。";
    L160 Fault Error true Some("K09"), "问题没有措施",
        "每个问题都要有整改措施，才能写进整改台账。由责任单位提出，程序不代写。";
    L161 Fault Error true Some("K09"), "措施缺责任或时限",
        "问题、措施、责任、时限四项要齐，缺了责任单位（责任人）或时限的措施落不了实。";
    L162 Fault Warning false None, "结束早于开始",
        "结束的日期早于开始的日期，两个日期有一个写错了。";
    L163 Fault Error true Some("K33"), "密级标志",
        "文件里有密级标志（如 秘密★10年），整个文件不读取。涉密内容只能在涉密计算机上处理；本程序没有用于涉密系统的资质。";
    L164 Hint Info false Some("K36"), "可能是同一件事",
        "两行是同一天、同一责任主体、同一形式，内容的字大半相同，可能是一件事记了两次。现在算两次，因为程序不能替人判断。是同一件事的并成一行。";
    L165 Fault Warning false Some("K43"), "涉及个人",
        "舆情、访谈、谈心谈话和党外人士工作只登记时间、平台类别、承办单位、结果或人数，不登记个人、账号和原话。";
    L171 Fault Error true None, "没有年度",
        "不知道台账说的是哪一年，就没法判断哪些记录算数。请在“设置”填年度。";
    L172 Fault Error true None, "没有单位全称",
        "材料要写单位的全称，程序不会自己编。请在“设置”填单位全称。";
    L173 Hint Warning true None, "没有数据截止日",
        "没有填数据截止日，按年度的最后一天算。年中出材料时会把还没到期的算成没完成，请填上再定稿。";
    L174 Fault Error true None, "没有写所属单位",
        "一个工作簿里有几个单位时，每一行都要写明所属单位，否则不知道是谁的，没有读取。";
    L175 Fault Error true None, "不认识的所属单位",
        "所属单位在“设置”里没有，这一行没有读取。两处写成一样。";
    L176 Fault Warning false None, "设置重复",
        "同一项设置填了两次且不一样，只认前一次。";
    L177 Fault Error true None, "数据截止日看不懂",
        "数据截止日要写成 2024-12-31 这样的日期。";
    L178 Fault Warning false None, "截止日与年度不符",
        "数据截止日不在年度之内。年度和截止日有一个没有更新。";
    L179 Fault Error true None, "没有一张约定的表",
        "文件里没有一张约定的工作表，读不出台账。工作表要叫“设置”“班子成员”“单位名册”“履责情况”“检查发现”等。";

    L181 Fault Warning false None, "重复的工作簿或工作表",
        "两个工作簿（或两张工作表）的内容一样，多半是副本，只读其中一个，所以没有多算。留一份即可。";
    L182 Fault Error true None, "同一份表的两个版本",
        "两个工作簿（或两张工作表）大部分的行一样，又各有不同，多半是改过的副本。只读了其中一个，另一个里不同的行没有算。请核对用哪一份，另一份移走；两份都有要用的行，并到一份里。";
    L183 Hint Info false None, "下属单位的工作簿",
        "工作簿“设置”里的单位全称在另一个单位的单位名册里，所以它的记录并入那个单位，责任主体空着的算作它的。不是下属单位的，核对两处的名称。";
    L184 Hint Warning false None, "有几个单位",
        "几个工作簿的单位全称不同，又不在彼此的单位名册里，按几个单位处理，各出各的材料，互不相混。其实是一个单位的，把单位全称写成一样。";

    // --- D: kit -----------------------------------------------------------------------------
    D101 Fault Error true None, "模板文件写法不对",
        "责任清单、版式、文稿等 .toml 文件按固定写法读取：文字放在英文双引号里，数字不加引号，方括号和花括号成对。请按所指的行修改；不会改的，删去自己的这份，内置的照常可用。";
    D102 Fault Error true None, "不认识的键",
        "等号前面的键写错，或者放错了地方，写在这里的内容就不起作用。请按提示改成认识的键，或者删去这一行。";
    D103 Fault Error true None, "值的类型不对",
        "这个键要的是文字、数字、是否（true、false）、列表或日期中的一种，写的是另一种。文字要加英文双引号，数字和 true、false 不加。";
    D104 Fault Error true None, "缺少必填的内容",
        "这一项缺了它，责任就无法判断或无法印出。请补上。";
    D105 Fault Error true None, "不在词表里的词",
        "性质、周期、范围、责任主体等只认固定的词，写别的词无法判断。版式目前只有“材料”（没有红头）。请改成提示里列出的词。";
    D106 Fault Error true None, "编号或名称重复",
        "编号、打印名称在同一份清单里只能用一次，重复了就分不清指哪一项。请改掉其中一个。";
    D107 Fault Error true None, "引用了没有定义的编号",
        "由别处认定、一事多项、自动归类等引用的编号，要在同一份清单里有定义。请改正编号，或者补上所引用的那一项。";
    D108 Fault Error true None, "定次的责任没有次数",
        "性质为“定次”的责任要写明次数（min），至少1次。制度没有写明次数的，性质改为“一般”。";
    D109 Fault Error true None, "认定关系绕成了圈",
        "甲由乙认定、乙又由甲认定，谁也得不出结果。请去掉其中一条认定。";
    D110 Fault Warning true None, "自己的模板文件没有用上",
        "模板文件夹里的这份文件有错，这一次用的是内置的同名文件。改好所指的各处之后，自己的一份才会用上。";
    D111 Fault Warning false None, "模板文件夹里有不认识的文件",
        "模板文件夹里起作用的是责任清单、版式、文稿、对照方面、固定用语几个 .toml 文件，以及 .md、.docx 模板。名字写错的文件不起作用。";
    D112 Fault Error true None, "版面放不下每页22行、每行28字",
        "国家标准要求每页22行、每行28字。页边距、行距、字距几个数合在一起放不下，就会少一行或少一字，请按提示改回。";
    D113 Fault Error true None, "数值超出范围",
        "日期要写成“月-日”（如 06-30），数字要在所列的范围之内。请改正。";
    D114 Fault Error true None, "文稿的模板文件不存在",
        "文稿.toml 里的每个文稿要有它的模板文件，放在同一个文件夹里。请补上模板，或者删去这个文稿。";
    D115 Fault Error true None, "模板文件不是 UTF-8 文字",
        "模板文件要用 UTF-8 编码保存。请用记事本打开，另存为时编码选 UTF-8。";
    D116 Fault Error true None, "“责任清单”表里的词不认识",
        "台账的“责任清单”工作表替换内置清单的同编号责任，性质、周期、范围、责任主体只认固定的词。认不出的格不起作用，沿用内置的内容。";
    D117 Fault Error true None, "“责任清单”表里的编号对不上",
        "编号与内置清单的都不同。改内置的一项，编号要与它一致；另加一项，责任主体、责任内容、性质都要填。";
    D118 Fault Error true None, "“责任清单”表里的次数不对",
        "次数要填不小于1的整数，性质为“定次”的必须有次数。认不出的格不起作用，沿用内置的内容。";
    D119 Fault Error true None, "“责任清单”表里的编号重复",
        "同一编号填了两行，只有前一行起作用。请合并成一行。";
    D121 Fault Error true None, "模板用了没有的用语",
        "模板里 {{用语 名称}} 的名称要在固定用语.toml 里有。改成列出的名称之一，或在自己的固定用语.toml 里加上它。";
    D122 Hint Info false None, "模板文件夹里有没有用到的模板",
        "模板起作用要有一种材料用它：名字改成材料的编号（见 template list），或在文稿.toml 里那份材料的段中写 template。";
    D123 Fault Error true None, "文稿.toml 里的编号对不上",
        "改内置的一种材料，编号要与 template list 列出的一致，只写要改的几项；另加一种，kind、for、skin、template、code 都要写。";
    D124 Hint Info false None, "文稿.toml 没有列出全部内置材料",
        "文稿.toml 的各段都写全了，就当作全部材料的清单，没有列出的不生成。在最上面写 only = true 表示只要这些，only = false 表示其余的照内置。";
    D120 Fault Error true None, "责任主体与范围不相配",
        "例如责任主体是局党组，范围不能是成员：谁承担、分到哪一级计数，两者要对得上。请改正其中一个。";

    // --- A: assessment ----------------------------------------------------------------------
    A101 Shortfall Warning true Some("K01"), "定次要求没有达到",
        "制度写明次数的事项已经到期，记录的次数不够。这是材料要写的内容，不是填表错误。确未开展的在“核实事项”登记（核实结论填“确未开展”），写入存在的问题；登记之后不再拦住正式导出。";
    A102 Shortfall Info false Some("K02"), "进度落后",
        "还没有到期，但记录的次数少于按月份折算应有的次数（口径3：次数×已过月数÷总月数，去尾）。只作提醒。";
    A103 Shortfall Warning true Some("K03"), "缺一期事项",
        "每半年、每季度、每月都要有的事项，各期算各的，一期有两次不能抵另一期。确未开展的在“核实事项”登记（期间填哪一期，如上半年、第三季度、3月），写入存在的问题。";
    A104 Shortfall Warning true Some("K04"), "分管单位缺督促检查或听取汇报",
        "每名班子成员对每个分管单位都要有记录，且本人是责任主体、主持人或参加领导（口径9）。确未开展的在“核实事项”登记（对象填“姓名、单位”），写入存在的问题。";
    A105 Shortfall Warning true Some("K05"), "检查结果没有上报记录",
        "专题督查、半年检查和年度考核的结果要上报，上报日期不早于检查结束日期。已上报的在“检查批次”填结果上报日期和报送凭证，确未上报的在“核实事项”登记，写入存在的问题。";
    A106 Shortfall Info false None, "有事才有的事项待核实",
        "没有记录不等于未发生（口径16）。经人核实确未发生的，在“核实事项”登记（核实结论填“未发生”），材料才写未发生。";
    A111 Fault Warning false Some("K06"), "计数的记录缺佐证材料",
        "这条记录已经计数（口径19），但没有填要有的佐证材料或报送凭证。有的补填名称或编号，没有的照实留空。";
    A112 Hint Warning false Some("K37"), "记录不在期间内、没有日期或晚于截止日",
        "这样的记录列出来，不计数：填了归属期间的按归属期间计，没有填的按日期计（口径2）；截止日之后的事还没有发生（口径6）。没有日期的照原始记录补上。";
    A113 Hint Warning false Some("K38"), "一条记录填了两项定次责任",
        "除制度相衔接的几对外（口径8），一条记录只能计入一项定次责任，先写的计入，后写的不计。以学习代替研究、以督查代替检查的不重复计。";
    A114 Hint Info false None, "起止日期跨期",
        "起止日期跨半年或年度的，按开始日期计一次（口径4）；每季度、每月都要有的事项，跨季度、跨月的也是。应当归到后一期的，填“归属期间”。";
    A115 Hint Info false None, "同一件事按一次计",
        "几天之内同一名称的会议多半是一次会议的续会，按一次计（口径5）；日期相近的同一类检查，不论登记在“检查批次”还是“履责情况”，按一次计（口径11）。确为两次的，写明各自的日期、对象单位和内容。";
    A121 Hint Info true None, "自动归类，请核对",
        "责任项空着的记录按形式和工作内容归类（口径18），制度文件按文件名称归类，草稿里照计。正式导出之前，请在“责任项”列确认。";
    A122 Hint Warning false None, "没有计入的记录",
        "登记了、却没有计入任何一项责任的行，一个原因一条，列出各行。空着或认不出的格，照原始记录补上或改成约定的写法；不合计数规则的，写明是哪一条规则，记录照实留着，不用改。每一行的去向见 data --stage fate。";
    A131 Shortfall Info false Some("K39"), "全期没有记录提到",
        "名册上的单位、支部或班子成员，在这个期间没有一条记录提到。只作提醒：确未开展的照实写。";
    A201 Fault Error true None, "责任项不认识",
        "“责任项”里的词不是责任清单里的编号、打印名称或别名，这条记录没有按它计数。改成相符的一项，或空着由程序归类。";
    A202 Fault Warning false None, "责任项与责任主体不符",
        "这条记录填了一项责任，但责任主体、对象单位或参加领导与这项责任对不上，所以没有计入。";
    A203 Fault Warning true None, "核实结论与记录矛盾",
        "“核实事项”说没有开展或没有发生，“履责情况”里却有记录。两处必有一处不实，请核对改正。";

    // --- T: template ------------------------------------------------------------------------
    T601 Fault Error true None, "块没有结束",
        "文本模板里以“::: 名”开头的块，要另起一行写 ::: 结束；落款、主送、题下、附件说明、附注里不能再套别的块。";
    T602 Fault Error true None, "没有这样的块",
        "::: 后面只能写主送、题下、落款、附件说明、附件、横排、附注、表注。";
    T603 Fault Error true None, "多余的块结尾",
        "单独一行的 ::: 结束最近的一块，前面没有打开的块时应删去。";
    T604 Fault Error true None, "表格的列数不一致",
        "表格每一行的单元格数要与表头相同；只放一个块标签（如 {{#each 检查发现}}）的行除外。单元格里要用竖线时写作 \\|。";
    T605 Fault Error true None, "表格缺少分隔行",
        "表头下面一行写 |---|---|，一列一段；短横的多少就是各列的相对宽度，:---: 表示居中。";
    T606 Fault Error true None, "标题层级太深",
        "# 是文稿标题，## ### #### ##### 依次是一、（一）1.（1）四级，公文没有更深的层级。";
    T607 Fault Error true None, "不支持的写法",
        "公文模板里没有图片、链接、代码和引用块。图片请在生成后的 Word 文件里插入，或改用 Word 模板。";
    T608 Fault Error true None, "标签没有写完",
        "标签前后各有两个花括号，写在同一行里，如 {{单位.全称}}；说明写作 {{!-- … --}}。";
    T609 Fault Warning false None, "模板里有看不见的字符",
        "控制字符不能写进 Word 文件，已略去。多半是从网页或别的软件粘贴来的，重新打字即可去掉。";
    T610 Fault Warning false None, "没有配对的星号",
        "**文字** 是加粗，*文字* 是楷体；单独的星号会照样印在文稿里。要印星号请写作 \\*。";
    T611 Fault Warning false None, "附件没有标题",
        "“::: 附件”里要有一行“# 标题”，与附件说明里的名称一致（GB/T 9704 7.3.7）。";
    T612 Fault Error true None, "标题是空的",
        "# 后面要有标题的文字；只有 # 的一行会照样印在文稿里。";

    T301 Fault Error true None, "标签没有写完",
        "“{{”后面在同一段里没有“}}”，或“}}”前面没有“{{”。标签不能跨段落，请补上缺的两个大括号，或删去多的。";
    T302 Fault Error true None, "大括号太多",
        "标签只用两对大括号：{{字段}}。三个大括号在别的软件里表示原样插入代码，这里不支持，值一律按文字填入。";
    T303 Fault Error true None, "不支持的写法",
        "模板里不能嵌入别的模板、插入代码或改变程序行为，请按提示改写。";
    T304 Fault Error true None, "标签看不懂",
        "标签里只能写字段名、块（循环、如果、除非、伴随）或带参数的写法，请按提示改写；全部写法见 template fields。";
    T305 Fault Error true None, "没有这个字段",
        "标签里的名字不是工作簿的列，也不是字段表里的字段。先到最里层的循环里找，再到外层找。请改成提示的名字，或在工作簿里加上这一列。";
    T306 Fault Error true None, "字段的种类不对",
        "清单要用循环逐条写出，一组字段要写出其中一项，文字和数不能循环，请按提示改写。";
    T307 Fault Error true None, "块没有配对",
        "每个循环、如果、除非、伴随都要有自己的结束，否则只能写在块的里面。请补上或删去提示的标签。";
    T308 Fault Error true None, "块的两头不在一处",
        "块的开头和结尾要在同一段里，或各自独占一段，或在同一个表格的行里；不能一头在表格、文本框、链接、域里，另一头在外面。";
    T309 Fault Error true None, "块嵌套太深",
        "循环和条件最多套32层（否则如果也算一层），请拆开。";
    T310 Fault Error true None, "标签太多",
        "一个模板最多20000个标签，请改用循环，或拆成几个模板。";
    T311 Fault Error true None, "写法的参数不对",
        "带参数的写法后面要跟规定的几项，请按提示改写；全部写法见 template fields。";
    T312 Fault Error true None, "模板打不开",
        "模板不是完好的 Word 文档。请在 Word 或 WPS 中打开后另存为 .docx 再试。";
    T313 Fault Error true None, "标签和图片或域夹在一起",
        "大括号之间有图片、脚注、公式或域，或者标签写在域代码、公式里。请把它们移到标签外面，把标签移到域代码和公式外面。";
    T314 Hint Warning false None, "标签在修订里",
        "标签里有以修订方式插入或删去的字。填写时按接受修订算，写出的字不带修订标记。请在模板里接受或拒绝修订。";
    T321 Fault Error true None, "模板带宏",
        "宏是会自己运行的程序，材料里不能有。请在 Word 或 WPS 中打开模板，另存为不带宏的 .docx。";
    T322 Fault Error true None, "模板要从外面取内容",
        "模板里有链接着的图片、对象、框架或子文档，打开材料时会到别的文件或网上去取。请改为插入在文件里面的内容。";
    T323 Fault Error true None, "域会取外面的内容",
        "DDE、INCLUDEPICTURE、INCLUDETEXT、LINK 等域打开时会运行别的程序或取别的文件。请把这个域转为普通文字（Ctrl+Shift+F9）或删去。";
    T324 Fault Error true None, "模板里嵌着别的文件",
        "嵌入的对象、控件、整篇嵌入的文档能带程序，也查不到里面。请把它改成普通的文字、表格或图片。";
    T325 Fault Warning false None, "去掉了联着的文件",
        "模板联着别处的模板文件或邮件合并的数据源，打开材料时会去找它，生成的材料里已经去掉，其余不变。";
    T326 Fault Error true None, "链接不是网址或邮箱",
        "材料里的链接只能指向网址（http、https）、邮箱（mailto）或本文件里的位置。请在模板里取消或改正这个链接。";
    T331 Hint Info false None, "自己加的列没有用到",
        "工作簿里自己加的列，这个模板一处也没有用。本来就不用的，不用管。";
    T332 Hint Info false None, "字体别的电脑上可能没有",
        "用到的字体不随 Windows、WPS 或麒麟系统提供，没有它的电脑会换成别的字体，行数、页数可能变化。";
    T333 Hint Warning false None, "循环会留下空白页",
        "分页符或分节符在循环里单独占一段，会多出没有内容的一页。请去掉它，改为在循环里的第一段设“段前分页”。";
    T334 Hint Warning false None, "首行缩进丢了“2字符”",
        "LibreOffice 另存时会把首行缩进的“2字符”变成固定的长度，换了字号就不再是两个字。请在 Word 或 WPS 里把这个样式的首行缩进改回2字符。";
    T335 Hint Warning false None, "模板文件本来就有毛病",
        "模板在填写之前就有 Word 不认的地方，如编号重复、引用落空、结构不完整。材料照样生成，这些地方照原样留着，打开时可能提示修复。请在 Word 或 WPS 中打开模板，另存一次再用。";
    T336 Hint Info false None, "目录的页码要更新",
        "目录里的标题照材料里的重写，页码只有 Word 或 WPS 排了版才知道，先写作【页码】。Word 打开材料时问是否更新域，选“是”；WPS 里右键目录，选“更新域”。";
    T337 Hint Warning false None, "字段和写法对不上",
        "日期、金额、中文数字这些写法要日期或数，写的却是一个文字的字段，会照原样印出。多半是写错了字段。";
    T338 Hint Info false None, "标签里有两种格式",
        "一个标签里的字有不同的字体、字号、加粗或颜色，填进去的字只照一种。选中整个标签，重新设一次格式即可。";
    T341 Fault Error true None, "写法放错了地方",
        "分页只能写在正文里，不能写在表格、文本框、页眉、页脚和注里；{{分页 \"节\"}} 还要独占一段。链接不能写在别的链接里。层次“行”“格”只在表格里有。";

    // --- R: rendering -----------------------------------------------------------------------

    R301 Fault Warning false None, "值里有不能显示的字符",
        "单元格里有控制字符（多半是从别的软件粘贴带来的），已经去掉。请在工作簿里把这一格重新输入。";
    R302 Fault Error true None, "生成的内容太多",
        "循环的次数、文件的大小或表格一行的格数超过了限度，文件没有生成。请检查模板里的循环是否套错了层，或把清单拆开。";
    R303 Fault Error true None, "生成时出了错",
        "模板和数据都检查过，仍没能生成，这是程序的问题。请带上模板和本提示报告。";
    R304 Fault Warning false None, "网址不能做成链接",
        "只有 http://、https://、mailto: 开头的完整网址做成链接，其余只印文字，免得点开本机的文件或程序。";
    R305 Fault Warning false None, "图片没有放进去",
        "图片要放在工作簿所在的文件夹（或其中的文件夹）里，单元格写它的文件名；文稿里标黄处等着放图片。";
    R306 Fault Warning false None, "版面规则相冲突",
        "两条版面规则要把材料的同一处改成两样，只照了一条，材料照样写出。这是程序的问题，不是数据的问题。请看一看材料的版面，带上模板和本提示报告。";

    // --- V: review of rendered papers -------------------------------------------------------
    // V10x leftovers and blocks, V11x years, V12x counts, V13x problems, V14x figures, V15x
    // sameness, V16x names, V17x wording, V18x shape, V19x privacy.
    V101 Fault Error true Some("K17"), "残留的占位字样",
        "材料里还有“X次”“某某”“____”“20XX年”“（此处…）”、没有填的标签或空括号。多半是台账的一格或模板里没有改完的，请写上实际内容。程序自己留的【待填】【请核实】【本人填写】不算，另行统计。";
    V102 Fault Error true Some("K08"), "没有意识形态和网络安全专段",
        "制度要求对照检查材料、述职述责报告写意识形态和网络安全责任落实情况，个人的要写分管范围工作情况和本人履行“一岗双责”情况两点。内置模板都有这一段；自己的模板缺了，请补上。";
    V111 Fault Warning false Some("K18"), "年份不是材料的年份",
        "标题、落款、导语里的年份与材料的期间不同，多半是从上年的材料改来的，没有改完。正文里照记录写明的别的年份（如 2023年3月10日印发）不算。";
    V112 Fault Warning false Some("K18"), "“今年”“去年”分不清",
        "材料写的是上一年，第二年才成文，读的人会把“今年”当成成文的那一年。请写成年份。";
    V121 Fault Warning false Some("K16"), "说的数目与列出的不一样",
        "前面说“三个方面”“5条”，后面列出的多了或少了。请核对数目和所列的各条。";
    V122 Fault Warning false Some("K16"), "一是二是断了次序",
        "“一是、二是、三是”缺了中间的一条，没有开头，或者只有“一是”。请补上或改正次序。";
    V131 Fault Error true Some("K10"), "问题的数目与列出的不一样",
        "材料写了问题总数，逐个列出的却不是这个数。数由检查发现表算出；多半是自己的模板只列了一部分，又没有附表。请列全。";
    V132 Fault Error true Some("K10"), "问题没有对应的措施",
        "写了整改措施的材料，每个问题都要有措施，一一对应。多半是自己的模板只写了一部分，请补全。";
    V141 Fault Warning true Some("K14"), "几份材料的数不一样",
        "同一个主体的同一个数，在两份材料里不同。程序算的数处处相同；不同的一处多半是导语或个人撰写里写死的，请照台账改正。";
    V142 Fault Warning false Some("K15"), "同一份材料的数前后不一",
        "同一个数在一份材料里写了两个值。程序算的数处处相同；不同的一处多半是导语或个人撰写里写死的，请照台账改正。";
    V151 Hint Warning false Some("K21"), "两份材料雷同",
        "两个单位或两位领导的材料，有整段文字相同或相近（80%以上），又不是出自同一条记录，多半是照抄。请各自照原始记录核对改写。个人材料只说有几段相近，不引原文。";
    V161 Fault Warning true Some("K22"), "姓名与职务、单位对不上",
        "材料里姓名前后的职务或单位，与班子成员表、单位名册不同。写错的改正，变动了的更新名册。";
    V162 Fault Error true Some("K22"), "署名是别人的",
        "材料署了名册里另一个单位或另一个人的名。多半是“文种”表的署名填错了行。";
    V163 Fault Warning true Some("K22"), "领导排列的次序不对",
        "并列的领导姓名，次序与班子成员表不同。请照班子成员表的次序写。";
    V171 Hint Info false Some("K25"), "没有数的说法",
        "“多次”“若干”“10余次”这样的说法，看的人会问到底几次。台账有数的写实数，没有数的改掉。";
    V172 Fault Warning false Some("K29"), "报告里夹带请示事项",
        "报告不得夹带请示事项（党政机关公文处理工作条例）。要请上级批准、支持的，另行请示。";
    V173 Fault Warning false Some("K24"), "替换改坏的字句",
        "“1岗双责”“19大”这样的写法，或重复的标点、职务，多半是成批替换时改坏的。请改正台账的那一格或模板。";
    V174 Fault Warning true Some("K27"), "没有核实就写未发生",
        "没有记录不等于未发生（口径16）。经人核实的，在“核实事项”登记谁在哪天核实，材料才写；没有核实的不写。";
    V181 Fault Warning false Some("K35"), "发文字号的括号不对",
        "发文字号的年份用六角括号〔〕（GB/T 9704 7.2.5），不用方括号、圆括号。请改正台账的那一格。";
    V182 Fault Warning false Some("K35"), "标题空着或跳了层次",
        "标题下面没有内容，或者层次没有从 一、 开始、跳过了两级以上。一、 之下直接用 1. 是可以的。";
    V191 Fault Warning false Some("K34"), "有证件号或手机号",
        "材料里有个人的身份证号或手机号。材料会传阅、存档，请从台账的那一格删去；联系电话写在“文种”表的不算。";
    V192 Fault Error true Some("K33"), "材料带密级标志",
        "材料里有密级标志（如 秘密★1年），没有写出。涉密材料只能在涉密计算机上办理；本程序没有用于涉密系统的资质。";

    // --- P: package -------------------------------------------------------------------------
    P501 Fault Error true None, "文件部件不是合格的 XML",
        "这是本程序的缺陷，不是数据的问题：文件没有写出。请附上版本号和所用的模板报告。";
    P502 Fault Error true None, "文件部件没有登记类型",
        "这是本程序的缺陷（模板文件来自别处时，也可能是它本来就损坏）：[Content_Types].xml 没有说明每个部件的类型，文件没有写出。";
    P503 Fault Error true None, "文件内部的引用落空",
        "这是本程序的缺陷（模板文件来自别处时，也可能是它本来就损坏）：部件之间的关系指向不存在的部件，文件没有写出。";
    P504 Fault Error true None, "Word 不接受的结构",
        "这是本程序的缺陷：表格、单元格、页脚或正文的结构不完整，Word 会提示修复，文件没有写出。";
    P505 Fault Error true None, "编号重复",
        "这是本程序的缺陷：图形、书签、段落或批注的编号在文件里必须唯一，文件没有写出。";
    P506 Fault Warning false None, "用了没有定义的样式",
        "引用的样式在样式表里不存在，Word 会按正文样式显示。自己做的 Word 模板里有这种情况时，在 Word 中打开另存一次即可。";
    P507 Fault Error true None, "属性的次序不对",
        "这是本程序的缺陷：段落、文字或表格属性的次序不合标准，有的 Word 版本会拒绝打开，文件没有写出。";

    // --- O: output --------------------------------------------------------------------------
    O101 Fault Error false None, "没有这种材料",
        "--paper 写文稿.toml 里的编号，或编号的开头：写“自查报告”就选中各主体的自查报告。";
    O102 Fault Error false None, "名册中没有这个主体",
        "--subject 写单位名册、班子成员表中的全称或简称，党组写“局党组”。";
    O104 Fault Warning false None, "生成记录读不懂，或改动过",
        "输出文件夹里的 生成记录.json 记着每份材料写出时的样子，凭它认出您改过的。读不懂就分不清，已有的材料一份都不动，新的写在旁边。改动过的记录也保留原样，新的记录写在旁边，以后认新的。";
    O105 Fault Error false None, "文件没有写成",
        "材料（或 00先看这里.txt、生成记录.json）的位置写不进去：那里有同名的文件夹、路径上有链接、文件正开着、没有权限、磁盘满了、名称太长，或另一次生成还没有完。照提示处理后再生成一次，其余的材料已经写好，不受影响。";
    O103 Hint Warning false None, "个人撰写的一段没有放进材料",
        "“个人撰写”表的“段落”要与材料里【本人填写：…】——之前的文字一致，“文种”写能生成的一种，空着就用于本人的各种材料；“对象”要有这种材料。";
    O106 Hint Info false None, "没有用到的项目",
        "“设置”或“民主生活会”里填了这一项，没有一种材料印它，程序也不看它。要印的，写进自己的模板；不印的不用管。";
    O107 Hint Warning false None, "文种的一行不起作用",
        "“文种”表的一行管一种材料。没有这种材料，或者这个对象没有这种材料，或者前面已有一行管它，这一行就不起作用。写成能生成的文种。";
    O108 Hint Info false None, "文种的一列不起作用",
        "“文种”表的这一列填了，这种材料的模板却没有印它，如抄送、签发人、发文字号（目前的材料不带红头和版记）。要印的，写进自己的模板；不印的不用管。";
}

/// Finds a code by its id, in either case.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id.trim()))
}
