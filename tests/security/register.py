"""The register of surfaces: who each address is for. Written by hand; a route that is missing here fails the tests.

public: shows the same to everybody · own: shows what belongs to the person · thing: depends on the thing it names ·
code: whoever holds the code in the address is meant · staff: needs a right
"""

PUBLIC = {
    "moderation:ledger", "moderation:ledger_table", "moderation:ledger_data",
    "ideas:ideas", "ideas:feed", "ideas:submit", "search:search", "search:save_search", "search:search_suggestions",
    "cms:manifest", "cms:symbol", "cms:symbol_full", "cms:favicon", "theme:worker", "theme:offline",
    "news:feed", "news:topic_feed", "news:newsletter", "news:newsletter_archive", "news:newsletter_issue", "cms:picture",
    "cms:film", "cms:colours", "cms:series", "cms:compare_reports", "cms:compared_figures", "cms:contact", "cms:vcard",
    "cms:write_to_contact", "cms:place", "cms:process_dates",
    "cms:choose_language", "cms:keep_level", "cms:glossary", "cms:picture_credits", "cms:sitemap",
    "cms:sitemap_pages", "cms:sitemap_ideas", "cms:robots", "cms:security", "theme:style_guide",
    "accounts_own:admin_login", "accounts_own:admin_logout", "accounts_own:admin_password_reset",
    "accounts_own:request_code", "ideas:map", "ideas:map_data", "ideas:map_districts", "moderation:measures",
    "ideas:similar_ideas", "ideas:sorting",
    "moderation:anchors", "moderation:anchors_data",
    "ideas:campaign_notice", "moderation:contact", "ideas:embed_campaign", "voting:check", "voting:directory",
    "boards:meetings", "boards:feed", "boards:apply",
}  # fmt: skip
OWN = {
    "boards:room", "boards:name", "boards:papers", "boards:new_poll",
    "moderation:letters", "search:saved_searches", "search:saved_search", "search:saved_search_act", "search:saved_search_data",
    "voting:receipts",
    "ideas:mine", "ideas:groups", "ideas:delete_draft", "accounts_own:settings", "accounts_own:identify", "accounts_own:identify_official",
    "accounts_own:no_connections", "accounts_own:no_signup", "notifications:list",
    "ideas:claim", "ideas:draft", "notifications:read_all", "notifications:message", "notifications:read", "notifications:choose_mails",
}  # fmt: skip
THING = {
    "boards:meeting", "boards:meeting_file", "boards:recommendation", "boards:paper", "boards:poll", "boards:publish",
    "voting:entries", "cms:share_picture", "cms:idea_picture",
    "voting:support", "voting:catch_up", "ideas:picture", "ideas:idea_short", "ideas:receipt", "ideas:change",
    "ideas:withdraw", "ideas:trail", "ideas:answer", "ideas:add_comment", "ideas:idea", "ideas:comment",
    "ideas:branch", "ideas:delete_comment", "ideas:change_comment", "ideas:comment_versions", "ideas:comment_names",
    "ideas:group", "moderation:report", "moderation:contact_campaign", "ideas:coauthors", "ideas:embed", "ideas:file",
    "ideas:links", "ideas:notice", "ideas:qr", "ideas:versions", "voting:also_mine", "voting:also_mine_catch_up",
    "voting:merging", "voting:comment_vote", "voting:comment_vote_catch_up",
    "voting:opinion", "voting:opinion_catch_up", "cms:rules", "cms:result", "cms:figures",
    "voting:basket", "voting:basket_catch_up", "voting:budget_result", "voting:budget_file", "voting:code",
}  # fmt: skip
CODE = {
    "search:confirm_saved_search", "search:leave_saved_searches", "search:saved_searches_by_link",
    "search:saved_search_by_link", "search:saved_search_act_by_link", "search:saved_search_data_by_link",
    "news:newsletter_confirm", "news:newsletter_leave", "news:newsletter_mine",
    "boards:application", "ideas:invitation", "ideas:coauthor_invitation", "moderation:receipt", "moderation:letter", "cms:letter",
    "moderation:letter_data", "moderation:complaint", "moderation:report_complaint", "moderation:contact_receipt",
}  # fmt: skip
STAFF = {
    "boards_cms:room", "boards_cms:applications",
    "moderation_cms:dsa", "moderation_cms:trust", "moderation_cms:trust_end",
    "voting_votes:list", "voting_votes:close", "voting_votes:reopen",
    "voting_codes:list", "voting_codes:new", "voting_codes:revoke", "voting_paper:list", "voting_paper:new",
    "voting_paper:decide", "letters",
    "moderation_cms:live", "moderation_cms:bulk", "moderation_cms:bulk_runs", "moderation_cms:bulk_run", "moderation_cms:hand_over",
    "moderation_cms:remits", "moderation_cms:remit", "moderation_cms:messages", "moderation_cms:message",
    "moderation_cms:queue", "moderation_cms:complaints", "moderation_cms:complaint", "moderation_cms:rules",
    "moderation_cms:assistance", "moderation_cms:word_list",
    "moderation_cms:rule", "moderation_cms:record", "moderation_cms:open", "moderation_cms:case", "moderation_cms:claim",
    "moderation_cms:release", "moderation_cms:preview", "moderation_cms:contribution", "undelivered",
    "moderation_cms:grave_cases", "moderation_cms:settle_grave", "moderation_cms:evidence", "moderation_cms:grave",
    "voting_flags:list", "voting_flags:flag", "voting_answers:list",
    "cms_coverage", "cms_translate", "copy_campaign", "broken_links", "import_series", "ideas_cms_hints",
    "ideas_cms_outlines", "ideas_cms_table", "intake:list", "intake:new", "intake:renew",
    "moderation_cms:people", "moderation_cms:person", "moderation_cms:person_note", "moderation_cms:note",
    "moderation_cms:proposal", "moderation_cms:statements",
    "search_cms:poor", "search_cms:synonyms", "search_cms:new_synonym", "search_cms:synonym", "search_cms:recommendations",
    "search_cms:end_recommendation", "search_cms:explain", "search_cms:state",
    "newsletter_cms:issue", "newsletter_cms:mail",
    "search_cms:files", "voting_budget:list", "voting_budget:projects", "voting_budget:count",
}  # fmt: skip
REGISTER = PUBLIC | OWN | THING | CODE | STAFF
