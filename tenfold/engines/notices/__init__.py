"""Notices (通知签收): told in the house, sent outside by mail, DingTalk, WeCom or text message, signed for."""
