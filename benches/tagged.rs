//! Templates that are timed.

/// A text template with one loop over paragraphs and one over rows, whose paper is 23 KB.
pub fn loops() -> String {
    let mut text = String::from(
        "# 关于{{期间.名称}}落实责任制情况的自查报告\n\n\
         {{主体.简称}}对{{期间.全称}}责任制落实情况进行了自查。现将有关情况报告如下。\n\n\
         ## 工作情况\n\n\
         {{#each 履责情况}}\n{{第几个}}. {{日期 日期 \"长\"}}，{{形式}}{{工作内容}}（{{佐证材料}}）。\n{{/each}}\n\n\
         ## 存在的问题\n\n\
         | 序号 | 存在问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 整改状态 |\n\
         |:---:|--------|--------|-----|-----|-----|-----|\n\
         | {{#each 检查发现}} |\n\
         | {{第几个}} | {{存在问题}} | {{整改措施}} | {{责任单位}} | {{责任人}} | {{整改时限}} | {{整改状态}} |\n\
         | {{/each}} |\n\n\
         ## 下一步打算\n\n",
    );
    for number in 1..=FILLER {
        text.push_str(&format!(
            "第{number}项打算是坚持党组统一领导，办公室牵头，各站所各负其责，把责任落实到岗位和个人，按季度开展自查。\n\n"
        ));
    }
    text
}

/// Paragraphs of plain text that bring the paper to 23 KB.
const FILLER: usize = 20;
